//! What may become of a contract: pausing, resuming, completing, ending early. Judged under its lock.

use super::{Contract, ContractStatus, Fault, Party, Side};
use crate::domain::ids::MilestoneId;
use crate::domain::milestone::MilestoneStatus;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Reason;

/// Why something is not done to a contract or to what hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContractRefused {
    /// No such contract, or none to be known of.
    Missing,
    /// A member, but not one who decides.
    NotAllowed,
    /// It is this side's to do, and they are the other one.
    OtherSides(Side),
    /// The state of the contract does not allow it (any more).
    ContractIs(ContractStatus),
    /// Who paused it resumes it.
    PausedBy(Side),
    /// Something of it is open still.
    StillOpen(OpenThings),
    /// The state of the milestone does not allow it (any more).
    MilestoneIs(MilestoneId, MilestoneStatus),
    /// Another delivery came after the one that was read.
    Resubmitted {
        /// Of which milestone.
        milestone: MilestoneId,
        /// The delivery that the person saw.
        seen: i32,
        /// The one that waits now.
        now: i32,
    },
    /// The milestones are others than those that were named.
    OtherMilestones,
    /// Nothing was named.
    Nothing,
    /// A file that was to go with it is not kept any more.
    FileGone,
}

impl Refusal for ContractRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed | Self::OtherSides(_) | Self::PausedBy(_) => RefusalKind::NotAllowed,
            Self::ContractIs(_) | Self::StillOpen(_) | Self::MilestoneIs(..) => RefusalKind::TooLate,
            Self::Resubmitted { .. } | Self::OtherMilestones => RefusalKind::Stale,
            Self::Nothing | Self::FileGone => RefusalKind::Invalid,
        }
    }
}

/// What is open still of a contract, and keeps it from being completed. Whatever hangs on a contract and must have ended
/// before it does is counted here: one field, one line in `words`, one column of `db::contracts::open_things`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenThings {
    /// Milestones that are neither approved nor cancelled.
    pub milestones: i64,
    /// Timers that run.
    pub timers: i64,
    /// Weeks with work in them that are not approved.
    pub weeks: i64,
}

impl OpenThings {
    /// Each sort that there is, in words.
    pub fn words(&self) -> Vec<String> {
        let all = [
            (self.milestones, "milestone that is not approved", "milestones that are not approved"),
            (self.timers, "timer that runs", "timers that run"),
            (self.weeks, "week that is not approved", "weeks that are not approved"),
        ];
        let said = |(count, one, many): (i64, &str, &str)| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        };
        all.into_iter().filter_map(said).collect()
    }
}

/// How a contract is ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Whose fault it is, by the word of who ends it.
    pub fault: Fault,
    /// Why; the other side reads it.
    pub reason: Reason,
}

impl Contract {
    /// Judges the pausing: no time is logged and nothing is submitted until the same side resumes it.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_pause(&self, by: &Party) -> Result<(), ContractRefused> {
        by.acts()?;
        self.may_become(ContractStatus::Paused)
    }

    /// Judges the going on.
    ///
    /// # Errors
    /// Why not.
    pub fn may_resume(&self, by: &Party) -> Result<(), ContractRefused> {
        by.acts()?;
        self.may_become(ContractStatus::Active)?;
        match self.paused_by.filter(|side| *side != by.side) {
            Some(side) => Err(ContractRefused::PausedBy(side)),
            None => Ok(()),
        }
    }

    /// Judges the completing: the client's to say, once nothing is open.
    ///
    /// # Errors
    /// Why not.
    pub fn may_complete(&self, by: &Party, open: OpenThings) -> Result<(), ContractRefused> {
        by.acts_for(Side::Client)?;
        self.may_become(ContractStatus::Completed)?;
        if open == OpenThings::default() { Ok(()) } else { Err(ContractRefused::StillOpen(open)) }
    }

    /// Judges the ending before it is done: either side's.
    ///
    /// # Errors
    /// Why not.
    pub fn may_terminate(&self, by: &Party) -> Result<(), ContractRefused> {
        by.acts()?;
        self.may_become(ContractStatus::Terminated)
    }

    /// Judges a delivery, or the taking back of one: work goes on.
    ///
    /// # Errors
    /// Why not.
    pub(in crate::domain) fn is_worked_on(&self) -> Result<(), ContractRefused> {
        if self.status == ContractStatus::Active { Ok(()) } else { Err(ContractRefused::ContractIs(self.status)) }
    }

    fn may_become(&self, next: ContractStatus) -> Result<(), ContractRefused> {
        if self.status.may_become(next) { Ok(()) } else { Err(ContractRefused::ContractIs(self.status)) }
    }
}
