//! What a freelancer has done in this marketplace, in numbers that anybody can add up.

use super::contract::ContractStatus;
use super::proposal::ProposalStatus;

/// Proposals and contracts of one freelancer, counted by state. A decline that can still be undone counts as waiting, as
/// its freelancer sees it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Record {
    /// Proposals that wait for a decision.
    pub waiting: i64,
    /// Proposals that were accepted and still are.
    pub accepted: i64,
    /// Proposals that had won, and whose contract ended early.
    pub revoked: i64,
    /// Proposals that were not selected.
    pub not_selected: i64,
    /// Proposals that were taken back.
    pub withdrawn: i64,
    /// What became of those that won.
    pub contracts: Contracts,
}

/// Contracts of one freelancer, counted by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contracts {
    /// Under way.
    pub running: i64,
    /// Those that pause.
    pub paused: i64,
    /// Completed.
    pub done: i64,
    /// Ended before they were completed.
    pub ended_early: i64,
}

impl Contracts {
    /// Counts so many contracts in this state.
    pub fn count(&mut self, status: ContractStatus, number: i64) {
        *match status {
            ContractStatus::Active => &mut self.running,
            ContractStatus::Paused => &mut self.paused,
            ContractStatus::Completed => &mut self.done,
            ContractStatus::Terminated => &mut self.ended_early,
        } += number;
    }

    /// All of them.
    pub fn all(&self) -> i64 {
        self.running + self.paused + self.done + self.ended_early
    }
}

impl Record {
    /// Counts so many proposals in this state, and their contracts where they have some.
    pub fn count(&mut self, proposals: ProposalStatus, contracts: Option<ContractStatus>, number: i64) {
        *match proposals {
            ProposalStatus::Pending => &mut self.waiting,
            ProposalStatus::Accepted => &mut self.accepted,
            ProposalStatus::Rejected => &mut self.not_selected,
            ProposalStatus::Withdrawn => &mut self.withdrawn,
            ProposalStatus::Revoked => &mut self.revoked,
        } += number;
        if let Some(contracts) = contracts {
            self.contracts.count(contracts, number);
        }
    }

    /// All proposals that were sent.
    pub fn sent(&self) -> i64 {
        self.waiting + self.decided() + self.withdrawn
    }

    /// Proposals that won, whatever became of their contracts.
    pub fn awards(&self) -> i64 {
        self.accepted + self.revoked
    }

    /// Proposals that somebody decided on: they won or did not.
    pub fn decided(&self) -> i64 {
        self.awards() + self.not_selected
    }

    /// Awards in a hundred decisions, rounded down; nothing before there was one.
    pub fn awards_in_a_hundred(&self) -> Option<i64> {
        (self.awards() * 100).checked_div(self.decided())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_counted_once_and_the_sums_add_up() {
        let mut record = Record::default();
        assert_eq!((record.sent(), record.awards_in_a_hundred()), (0, None));
        for (place, status) in (1..).zip(ProposalStatus::ALL) {
            record.count(*status, None, place);
        }
        for (place, status) in (1..).zip(ContractStatus::ALL) {
            record.count(ProposalStatus::Accepted, Some(*status), place);
        }
        let [waiting, accepted, not_selected, withdrawn, revoked] = [1, 2 + 10, 3, 4, 5];
        assert_eq!(record.sent(), waiting + accepted + not_selected + withdrawn + revoked);
        assert_eq!((record.awards(), record.decided(), record.contracts.all()), (17, 20, 1 + 2 + 3 + 4));
        assert_eq!(record.awards_in_a_hundred(), Some(85));
    }
}
