//! What may become of milestones: submitting, withdrawing, asking for changes, approving, cancelling, putting them in
//! another order. Judged under their contract's lock.

use super::{Milestone, MilestoneStatus};
use crate::domain::contract::{Contract, ContractRefused, Party, Side};
use crate::domain::ids::MilestoneId;

/// A milestone that a person judged, with the delivery that they had read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judged {
    /// Which.
    pub id: MilestoneId,
    /// Its delivery, by number.
    pub submission: i32,
}

impl Contract {
    /// Judges a delivery: the first, another one after changes were asked for, or one in the place of what waits.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_submit(&self, by: &Party, milestone: &Milestone, seen: Option<i32>) -> Result<(), ContractRefused> {
        by.acts_for(Side::Freelancer)?;
        self.is_worked_on()?;
        if milestone.status != MilestoneStatus::Submitted {
            milestone.may_become(MilestoneStatus::Submitted)?;
        }
        milestone.same_submission(seen)
    }

    /// Judges the taking back of a delivery that nobody has answered.
    ///
    /// # Errors
    /// Why not.
    pub fn may_take_back(&self, by: &Party, milestone: &Milestone) -> Result<(), ContractRefused> {
        by.acts_for(Side::Freelancer)?;
        self.is_worked_on()?;
        milestone.may_become(MilestoneStatus::Planned)
    }

    /// Judges the asking for changes: of the delivery that was read, while there is work that could change it.
    ///
    /// # Errors
    /// Why not.
    pub fn may_request_changes(&self, by: &Party, milestone: &Milestone, seen: Option<i32>) -> Result<(), ContractRefused> {
        by.acts_for(Side::Client)?;
        if !self.status.is_live() {
            return Err(ContractRefused::ContractIs(self.status));
        }
        milestone.may_become(MilestoneStatus::ChangesRequested)?;
        milestone.same_submission(seen)
    }

    /// Judges the approval of some milestones together, each by the delivery that was read; `found` are those of them that
    /// are this contract's. What was delivered before a contract ended early can be approved after it.
    ///
    /// # Errors
    /// Why none of them is approved: what is wrong with the first.
    pub fn may_approve(&self, by: &Party, judged: &[Judged], found: &[Milestone]) -> Result<(), ContractRefused> {
        by.acts_for(Side::Client)?;
        if judged.is_empty() {
            return Err(ContractRefused::Nothing);
        }
        for one in judged {
            let milestone = found.iter().find(|milestone| milestone.id == one.id).ok_or(ContractRefused::Missing)?;
            milestone.may_become(MilestoneStatus::Approved)?;
            milestone.same_submission(Some(one.submission))?;
        }
        Ok(())
    }

    /// Judges the cancelling: by who would have been paid for it. The client asks for other terms instead.
    ///
    /// # Errors
    /// Why not.
    pub fn may_cancel(&self, by: &Party, milestone: &Milestone) -> Result<(), ContractRefused> {
        by.acts_for(Side::Freelancer)?;
        milestone.may_become(MilestoneStatus::Cancelled)
    }

    /// Judges another order: of all milestones, each once.
    ///
    /// # Errors
    /// Why not.
    pub fn may_reorder(&self, by: &Party, order: &[MilestoneId], all: &[Milestone]) -> Result<(), ContractRefused> {
        by.acts()?;
        if !self.status.is_live() {
            return Err(ContractRefused::ContractIs(self.status));
        }
        let mut named = order.to_vec();
        named.sort_unstable();
        let mut there: Vec<_> = all.iter().map(|milestone| milestone.id).collect();
        there.sort_unstable();
        if named == there { Ok(()) } else { Err(ContractRefused::OtherMilestones) }
    }
}

impl Milestone {
    fn may_become(&self, next: MilestoneStatus) -> Result<(), ContractRefused> {
        if self.status.may_become(next) { Ok(()) } else { Err(ContractRefused::MilestoneIs(self.id, self.status)) }
    }

    fn same_submission(&self, seen: Option<i32>) -> Result<(), ContractRefused> {
        match seen.filter(|seen| *seen != self.submission_count) {
            Some(seen) => Err(ContractRefused::Resubmitted { milestone: self.id, seen, now: self.submission_count }),
            None => Ok(()),
        }
    }
}
