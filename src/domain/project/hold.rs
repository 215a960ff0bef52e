//! Holding a project and releasing it: what admins may do about it, judged under its lock and beside their own account.

use chrono::{DateTime, Utc};

use super::{Project, ProjectStatus};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::user::User;

/// Why a project is not held, or not released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldRefused {
    /// No such project; or whoever asks does not keep the house (any more).
    Missing,
    /// It was decided or called off: there is nothing left to keep from happening.
    ProjectIs(ProjectStatus),
    /// It is held already, since this moment.
    HeldSince(DateTime<Utc>),
    /// It is not held (any more).
    IsFree,
}

impl Refusal for HoldRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::ProjectIs(_) | Self::HeldSince(_) | Self::IsFree => RefusalKind::TooLate,
        }
    }
}

impl Project {
    /// Whether the house holds it: it takes no proposals, nobody changes or publishes it, and nobody wins it.
    pub fn is_held(&self) -> bool {
        self.held_at.is_some()
    }

    /// Refuses with these words what a hold keeps from being done.
    pub(in crate::domain) fn is_free<R>(&self, otherwise: R) -> Result<(), R> {
        if self.is_held() { Err(otherwise) } else { Ok(()) }
    }

    /// Judges the holding of this project by somebody.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_be_held(&self, by: &User) -> Result<(), HoldRefused> {
        if !by.keeps_house() {
            return Err(HoldRefused::Missing);
        }
        if let Some(since) = self.held_at {
            return Err(HoldRefused::HeldSince(since));
        }
        match self.status {
            ProjectStatus::Draft | ProjectStatus::Open => Ok(()),
            status => Err(HoldRefused::ProjectIs(status)),
        }
    }

    /// Judges its release by somebody.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_be_released(&self, by: &User) -> Result<(), HoldRefused> {
        if !by.keeps_house() {
            return Err(HoldRefused::Missing);
        }
        if self.is_held() { Ok(()) } else { Err(HoldRefused::IsFree) }
    }
}
