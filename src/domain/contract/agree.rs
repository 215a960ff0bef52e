//! A change of terms: one side proposes a new version, the other confirms or declines it. Judged under the contract's lock.

use super::{Contract, ContractRefused, ContractStatus, Party, PlannedPart, Terms, TermsAnswer, TermsContent};
use crate::domain::ids::MilestoneId;
use crate::domain::milestone::{Milestone, MilestoneStatus};
use crate::domain::project::ProjectKind;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Why terms are not proposed or answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsRefused {
    /// No such contract or version, or none to be known of.
    Missing,
    /// A member, but not one who decides; or the version is their own side's to take back, not to answer, or the other's.
    NotAllowed,
    /// The contract has ended.
    ContractIs(ContractStatus),
    /// A version waits for an answer already.
    Waits(i32),
    /// It was answered before.
    Answered(TermsAnswer),
    /// Others were confirmed after the person read them.
    Changed {
        /// The version that the person saw in force.
        seen: i32,
        /// The one that is.
        now: i32,
    },
    /// A milestone that it plans was delivered or cancelled since it was proposed.
    Outgrown,
    /// It says what is agreed on already.
    NothingChanges,
    /// Nothing would be left to be paid for.
    NothingPlanned,
}

impl Refusal for TermsRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::ContractIs(_) | Self::Waits(_) | Self::Answered(_) => RefusalKind::TooLate,
            Self::Changed { .. } | Self::Outgrown => RefusalKind::Stale,
            Self::NothingChanges | Self::NothingPlanned => RefusalKind::Invalid,
        }
    }
}

impl From<ContractRefused> for TermsRefused {
    fn from(why: ContractRefused) -> Self {
        match why {
            ContractRefused::ContractIs(status) => Self::ContractIs(status),
            ContractRefused::Missing => Self::Missing,
            _ => Self::NotAllowed,
        }
    }
}

impl Contract {
    /// Judges a version that somebody proposes while `waiting` is the one that has no answer yet, and says what the whole
    /// price would be, or an hour's. `seen` is the version in force that they had read.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_propose(
        &self,
        by: &Party,
        content: &TermsContent,
        seen: Option<i32>,
        waiting: Option<i32>,
        milestones: &[Milestone],
    ) -> Result<i64, TermsRefused> {
        self.may_change_terms(by)?;
        if let Some(waiting) = waiting {
            return Err(TermsRefused::Waits(waiting));
        }
        if let Some(seen) = seen.filter(|seen| *seen != self.terms_number) {
            return Err(TermsRefused::Changed { seen, now: self.terms_number });
        }
        let amount = self.price_of(content.hourly, &content.plan, milestones)?;
        let planned = milestones.iter().filter(|milestone| milestone.status == MilestoneStatus::Planned);
        let now = planned.map(|one| PlannedPart { id: Some(one.id), title: one.title.clone(), amount: one.amount, due_on: one.due_on });
        let same = (amount, content.days, content.weekly_limit) == (self.amount, self.days, self.weekly_limit)
            && content.ends_on == self.ends_on
            && content.words.as_str() == self.terms_words
            && now.eq(content.plan.iter().cloned());
        if same { Err(TermsRefused::NothingChanges) } else { Ok(amount) }
    }

    /// Judges the answer to a version: the other side confirms or declines it, its own takes it back. A version is
    /// confirmed only where what it plans can still be planned, and comes to the price that was shown.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_answer(&self, by: &Party, terms: &Terms, answer: TermsAnswer, milestones: &[Milestone]) -> Result<(), TermsRefused> {
        self.may_change_terms(by)?;
        if let Some(answer) = terms.answer {
            return Err(TermsRefused::Answered(answer));
        }
        if (by.side == terms.side) != (answer == TermsAnswer::Withdrawn) {
            return Err(TermsRefused::NotAllowed);
        }
        if answer != TermsAnswer::Confirmed {
            return Ok(());
        }
        let hourly = (self.kind == ProjectKind::Hourly).then_some(terms.amount);
        match self.price_of(hourly, &terms.plan(), milestones)? {
            amount if amount == terms.amount => Ok(()),
            _ => Err(TermsRefused::Outgrown),
        }
    }

    fn may_change_terms(&self, by: &Party) -> Result<(), TermsRefused> {
        by.acts()?;
        if self.status.is_live() { Ok(()) } else { Err(TermsRefused::ContractIs(self.status)) }
    }

    /// What the plan comes to together with the milestones that it leaves alone.
    fn price_of(&self, hourly: Option<i64>, plan: &[PlannedPart], milestones: &[Milestone]) -> Result<i64, TermsRefused> {
        if let Some(hourly) = hourly {
            return Ok(hourly);
        }
        let mut named: Vec<_> = plan.iter().filter_map(|part| part.id).collect();
        let is_planned = |id: &MilestoneId| milestones.iter().any(|one| one.id == *id && one.status == MilestoneStatus::Planned);
        if !named.iter().all(is_planned) {
            return Err(TermsRefused::Outgrown);
        }
        named.sort_unstable();
        if named.windows(2).any(|two| two.first() == two.last()) {
            return Err(TermsRefused::Outgrown);
        }
        let begun = milestones.iter().filter(|one| !matches!(one.status, MilestoneStatus::Planned | MilestoneStatus::Cancelled));
        let amount = begun.map(|one| one.amount).chain(plan.iter().map(|part| part.amount)).sum();
        if amount > 0 { Ok(amount) } else { Err(TermsRefused::NothingPlanned) }
    }
}
