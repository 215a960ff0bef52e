//! How a freelancer's own proposals stand, in words and figures.

use super::Page;
use crate::db::dashboard::{Sent, Tally};
use crate::domain::proposal::ProposalStatus;
use crate::web::shown;

impl Page {
    /// How many there are, those that are not shown among them.
    pub(super) fn all_sent(&self) -> i64 {
        self.desk.tally.iter().map(|one| one.count).sum()
    }

    /// Whether the list names all of them.
    pub(super) fn all_are_shown(&self) -> bool {
        usize::try_from(self.all_sent()) == Ok(self.desk.sent.len())
    }

    /// The own proposals by state, as `3 = 2 pending + 1 accepted`.
    pub(super) fn states(&self) -> String {
        let of = |status: &ProposalStatus| self.desk.tally.iter().find(|one| one.status == *status);
        let named =
            ProposalStatus::ALL.iter().filter_map(|status| Some(format!("{} {}", of(status)?.count, status.label().to_lowercase())));
        format!("{} = {}", self.all_sent(), named.collect::<Vec<_>>().join(" + "))
    }

    /// How often the person was chosen, with its arithmetic; nothing before the first decision.
    pub(super) fn hit_rate(&self) -> Option<String> {
        let won = |one: &&Tally| matches!(one.status, ProposalStatus::Accepted | ProposalStatus::Revoked);
        let over = |one: &&Tally| matches!(one.status, ProposalStatus::Accepted | ProposalStatus::Revoked | ProposalStatus::Rejected);
        let decided: i64 = self.desk.tally.iter().filter(over).map(|one| one.decided).sum();
        let accepted: i64 = self.desk.tally.iter().filter(won).map(|one| one.decided).sum();
        let percent = (accepted * 200 + decided).checked_div(decided * 2)?;
        Some(format!("{accepted} of {decided} that were decided: {percent} %. Cancelled projects do not count."))
    }

    /// How long it waits, or since when it has ended.
    pub(super) fn age(&self, sent: &Sent) -> String {
        let long = shown::span(self.desk.at - sent.since);
        match sent.status {
            ProposalStatus::Pending => format!("waits {long}"),
            ProposalStatus::Accepted => format!("accepted {long} ago"),
            ProposalStatus::Rejected => format!("not selected {long} ago"),
            ProposalStatus::Withdrawn => format!("withdrawn {long} ago"),
            ProposalStatus::Revoked => format!("revoked {long} ago"),
        }
    }
}
