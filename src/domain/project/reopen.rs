//! Opening a project again whose contract ended early. Judged under its lock.

use chrono::{DateTime, Utc};

use super::{Project, ProjectStatus};
use crate::domain::contract::ContractStatus;
use crate::domain::membership::Member;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Why a project is not opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReopenRefused {
    /// No such project, or none to be known of.
    Missing,
    /// A member, but not one who writes projects.
    NotAllowed,
    /// It is not assigned (any more).
    ProjectIs(ProjectStatus),
    /// The house holds it.
    Held,
    /// Its contract has not ended early.
    ContractIs(ContractStatus),
    /// The new deadline lies behind, by the database's clock.
    DeadlinePassed,
    /// Somebody changed its words after the person read them.
    Changed {
        /// The version the form carried.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
}

impl Refusal for ReopenRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::ProjectIs(_) | Self::Held | Self::ContractIs(_) => RefusalKind::TooLate,
            Self::Changed { .. } => RefusalKind::Stale,
            Self::DeadlinePassed => RefusalKind::Invalid,
        }
    }
}

impl Project {
    /// Judges the opening with a new deadline, beside the state of the contract that its award made.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_reopen(
        &self,
        by: Option<&Member>,
        contract: Option<ContractStatus>,
        deadline: DateTime<Utc>,
        seen: Option<i32>,
        at: DateTime<Utc>,
    ) -> Result<(), ReopenRefused> {
        let by = by.filter(|by| by.organisation == self.organisation_id).ok_or(ReopenRefused::Missing)?;
        if !by.role.manages_projects() {
            return Err(ReopenRefused::NotAllowed);
        }
        let contract = contract.filter(|_| self.status == ProjectStatus::Assigned).ok_or(ReopenRefused::ProjectIs(self.status))?;
        if contract != ContractStatus::Terminated {
            return Err(ReopenRefused::ContractIs(contract));
        }
        self.is_free(ReopenRefused::Held)?;
        if let Some(seen) = seen.filter(|seen| *seen != self.version) {
            return Err(ReopenRefused::Changed { seen, now: self.version });
        }
        if deadline <= at { Err(ReopenRefused::DeadlinePassed) } else { Ok(()) }
    }
}
