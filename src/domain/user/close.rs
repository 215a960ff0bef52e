//! Closing one's account.

use super::User;
use crate::domain::ids::OrganisationId;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Why an account is not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseRefused {
    /// No such account, or a closed one.
    Missing,
    /// The password that was checked is not the password any more.
    ChangedMeanwhile,
    /// Nobody else keeps the house.
    LastKeeper,
    /// Nobody else owns this organisation.
    LastOwner(OrganisationId),
}

impl Refusal for CloseRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::ChangedMeanwhile => RefusalKind::Stale,
            Self::LastOwner(_) | Self::LastKeeper => RefusalKind::TooLate,
        }
    }
}

impl User {
    /// Judges the closing by somebody who proved to know the password with this hash.
    ///
    /// # Errors
    /// Why not.
    pub fn may_close(&self, proved: &str) -> Result<(), CloseRefused> {
        if self.closed_at.is_some() || self.suspended_at.is_some() {
            return Err(CloseRefused::Missing);
        }
        if self.password_hash == proved { Ok(()) } else { Err(CloseRefused::ChangedMeanwhile) }
    }
}
