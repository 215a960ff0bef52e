//! What a freelancer has done in this marketplace, in numbers that anybody can add up.

use super::contract::{ContractStatus, EndedBy};
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
    /// Ended by the client before they were completed.
    pub ended_by_client: i64,
    /// Ended by the freelancer before they were completed.
    pub ended_by_freelancer: i64,
    /// Ended by agreement before they were completed.
    pub ended_by_both: i64,
}

impl Contracts {
    /// Counts so many contracts in this state; where they ended early, by whom.
    pub fn count(&mut self, status: ContractStatus, ended_by: Option<EndedBy>, number: i64) {
        *match (status, ended_by) {
            (ContractStatus::Active, _) => &mut self.running,
            (ContractStatus::Paused, _) => &mut self.paused,
            (ContractStatus::Completed, _) => &mut self.done,
            (ContractStatus::Terminated, Some(EndedBy::Client)) => &mut self.ended_by_client,
            (ContractStatus::Terminated, Some(EndedBy::Freelancer)) => &mut self.ended_by_freelancer,
            // The schema lets none end early without saying by whom.
            (ContractStatus::Terminated, Some(EndedBy::Both) | None) => &mut self.ended_by_both,
        } += number;
    }

    /// All of them.
    pub fn all(&self) -> i64 {
        self.running + self.paused + self.done + self.ended_early()
    }

    /// Those that ended before they were completed, whoever ended them.
    pub fn ended_early(&self) -> i64 {
        self.ended_by_client + self.ended_by_freelancer + self.ended_by_both
    }

    /// Those that ended early by who ended them, with the words; whether there are some or not.
    pub fn ended(&self) -> [(i64, &'static str); 3] {
        [
            (self.ended_by_client, EndedBy::Client.label()),
            (self.ended_by_freelancer, EndedBy::Freelancer.label()),
            (self.ended_by_both, EndedBy::Both.label()),
        ]
    }
}

impl Record {
    /// Counts so many proposals in this state, and their contracts where they have some.
    pub fn count(&mut self, proposals: ProposalStatus, contracts: Option<(ContractStatus, Option<EndedBy>)>, number: i64) {
        *match proposals {
            ProposalStatus::Pending => &mut self.waiting,
            ProposalStatus::Accepted => &mut self.accepted,
            ProposalStatus::Rejected => &mut self.not_selected,
            ProposalStatus::Withdrawn => &mut self.withdrawn,
            ProposalStatus::Revoked => &mut self.revoked,
        } += number;
        if let Some((status, ended_by)) = contracts {
            self.contracts.count(status, ended_by, number);
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
            let ended_by = (*status == ContractStatus::Terminated).then_some(EndedBy::Client);
            record.count(ProposalStatus::Accepted, Some((*status, ended_by)), place);
        }
        let [waiting, accepted, not_selected, withdrawn, revoked] = [1, 2 + 10, 3, 4, 5];
        assert_eq!(record.sent(), waiting + accepted + not_selected + withdrawn + revoked);
        assert_eq!((record.awards(), record.decided(), record.contracts.all()), (17, 20, 1 + 2 + 3 + 4));
        assert_eq!(record.awards_in_a_hundred(), Some(85));
    }

    #[test]
    fn a_contract_that_ended_early_says_by_whom() {
        let mut contracts = Contracts::default();
        for (number, by) in (1..).zip(EndedBy::ALL) {
            contracts.count(ContractStatus::Terminated, Some(*by), number);
        }
        assert_eq!(contracts.ended(), [(1, "by the client"), (2, "by the freelancer"), (3, "by agreement")]);
        assert_eq!((contracts.ended_early(), contracts.all()), (6, 6));
    }
}
