//! The opening of sealed bids: the only way in which anybody but their authors comes to read them.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Project, ProjectStatus};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::membership::Member;
use crate::domain::refusal::{Refusal, RefusalKind};

/// A decision to open, made under the project's lock by [`Project::open_bids`] alone.
#[derive(Debug)]
pub struct Opening {
    /// Nobody: the house.
    by: Option<UserId>,
    at: DateTime<Utc>,
    version: i32,
    bids: i32,
}

/// Why bids are not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenRefused {
    /// No such project, or none to be known of.
    Missing,
    /// A member, but not one who decides.
    NotAllowed,
    /// Its bids were never sealed.
    NotSealed,
    /// The project has been cancelled, or was never published.
    ProjectIs(ProjectStatus),
    /// The deadline lies ahead, by the database's clock.
    TooEarly {
        /// When proposals close.
        deadline: DateTime<Utc>,
        /// When somebody wanted to open them.
        at: DateTime<Utc>,
    },
    /// There is nothing to open: opening would only keep the deadline from being moved.
    NoBids,
    /// Somebody changed the project's words after the person read them.
    Changed {
        /// The version the form carried.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
}

impl Refusal for OpenRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::NotSealed | Self::ProjectIs(_) | Self::TooEarly { .. } | Self::NoBids => RefusalKind::TooLate,
            Self::Changed { .. } => RefusalKind::Stale,
        }
    }
}

impl Project {
    /// Judges the opening of this project's bids, under its lock; nothing to write where they are open already.
    ///
    /// # Errors
    /// Why not: the first that applies, in the order of [`OpenRefused`].
    pub fn open_bids(&self, by: Option<&Member>, seen: Option<i32>, at: DateTime<Utc>) -> Result<Option<Opening>, OpenRefused> {
        let by = by.filter(|by| by.organisation == self.organisation_id).ok_or(OpenRefused::Missing)?;
        if !by.role.manages_projects() {
            return Err(OpenRefused::NotAllowed);
        }
        if !self.sealed {
            return Err(OpenRefused::NotSealed);
        }
        if self.bids_opened_at.is_some() {
            return Ok(None);
        }
        if self.status != ProjectStatus::Open {
            return Err(OpenRefused::ProjectIs(self.status));
        }
        if at < self.deadline {
            return Err(OpenRefused::TooEarly { deadline: self.deadline, at });
        }
        if self.proposal_count == 0 {
            return Err(OpenRefused::NoBids);
        }
        if let Some(seen) = seen.filter(|seen| *seen != self.version) {
            return Err(OpenRefused::Changed { seen, now: self.version });
        }
        Ok(Some(Opening { by: Some(by.user), at, version: self.version, bids: self.proposal_count }))
    }

    /// Judges the opening in the house's name, under the project's lock, once bids have waited for so long after the
    /// deadline; nothing where there is nothing to open, or not yet.
    pub fn open_bids_when_due(&self, waited: TimeDelta, at: DateTime<Utc>) -> Option<Opening> {
        let is_due =
            self.status == ProjectStatus::Open && self.bids_are_sealed() && self.deadline + waited <= at && self.proposal_count > 0;
        is_due.then_some(Opening { by: None, at, version: self.version, bids: self.proposal_count })
    }
}

impl Opening {
    /// When, by the database's clock under the lock.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// What the history says of it.
    pub fn happening(&self) -> Happening {
        let what = self.by.map_or_else(|| Happening::by_house(EventKind::BidsOpened), |by| Happening::by(by, EventKind::BidsOpened));
        what.facts(serde_json::json!({ "version": self.version, "bids": self.bids }))
    }
}
