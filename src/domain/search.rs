//! Searches that people keep.

use super::refusal::{Refusal, RefusalKind};

/// How many searches one person keeps.
pub const MOST_KEPT: i64 = 20;

/// Why a search is not kept, renamed or looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchRefused {
    /// No such search of this person's.
    Missing,
    /// They keep as many as one may.
    TooMany,
}

impl Refusal for SearchRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::TooMany => RefusalKind::Invalid,
        }
    }
}

/// Judges one more search where so many are kept.
///
/// # Errors
/// [`SearchRefused::TooMany`].
pub fn may_keep(kept: i64) -> Result<(), SearchRefused> {
    if kept >= MOST_KEPT { Err(SearchRefused::TooMany) } else { Ok(()) }
}
