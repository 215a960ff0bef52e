//! Files that people ask for and that are made in the background.

use super::refusal::{Refusal, RefusalKind};

/// For so many days a file is kept.
pub const KEPT_DAYS: i64 = 7;
/// So many files of one person are kept at a time.
pub const MOST_KEPT: i64 = 20;

/// Why no file is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportRefused {
    /// The person has so many already.
    TooMany,
}

impl Refusal for ExportRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::TooMany => RefusalKind::TooLate,
        }
    }
}
