//! Which proposals a comparison shows, and in which order.

use super::offer::Offer;
use crate::domain::proposal::ProposalStatus;

/// Which are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    /// All but the archived.
    #[default]
    Kept,
    /// Those on the short list.
    Shortlisted,
    /// Those that can be decided on.
    Pending,
    /// Those that were declined or not selected.
    NotSelected,
    /// Those in the archive.
    Archived,
    /// All.
    All,
}

impl Show {
    /// Every one, with the word in the address and the words on the page.
    pub const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Kept, "kept", "Not archived"),
        (Self::Shortlisted, "shortlisted", "Shortlisted"),
        (Self::Pending, "pending", "Pending"),
        (Self::NotSelected, "declined", "Not selected"),
        (Self::Archived, "archived", "Archived"),
        (Self::All, "all", "All"),
    ];

    /// By the word in the address.
    pub fn parse(word: &str) -> Self {
        Self::ALL.iter().find(|(_, name, _)| *name == word).map_or(Self::default(), |(show, ..)| *show)
    }

    /// The word in the address.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(show, ..)| *show == self).map_or("", |(_, word, _)| word)
    }

    /// Whether a proposal is among them.
    pub fn shows(self, offer: &Offer) -> bool {
        let archived = offer.team.archived().is_some();
        let status = offer.named.proposal.status;
        match self {
            // the winner is never out of sight
            Self::Kept => !archived || status == ProposalStatus::Accepted,
            Self::Shortlisted => offer.team.shortlisted().is_some(),
            Self::Pending => status == ProposalStatus::Pending && !archived,
            Self::NotSelected => status == ProposalStatus::Rejected,
            Self::Archived => archived,
            Self::All => true,
        }
    }
}

/// By what they are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Price,
    Day,
    Days,
    Start,
    Finish,
    Milestones,
    Answers,
    Record,
    Sent,
    Marks,
}

impl By {
    /// Every one, with the word in the address and the words of a list's order.
    pub const ALL: [(Self, &'static str, &'static str); 10] = [
        (Self::Price, "price", "Lowest price"),
        (Self::Day, "day", "Lowest price a day"),
        (Self::Days, "days", "Least time"),
        (Self::Start, "start", "Earliest start"),
        (Self::Finish, "finish", "Soonest finish"),
        (Self::Milestones, "milestones", "Most milestones"),
        (Self::Answers, "answers", "Most answers"),
        (Self::Record, "record", "Most contracts"),
        (Self::Sent, "sent", "First sent"),
        (Self::Marks, "marks", "Shortlisted"),
    ];

    /// By the word in the address.
    pub fn parse(word: &str) -> Self {
        Self::ALL.iter().find(|(_, name, _)| *name == word).map_or(Self::default(), |(by, ..)| *by)
    }

    /// The word in the address.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(by, ..)| *by == self).map_or("", |(_, word, _)| word)
    }

    /// What it is ordered by, the least first; nothing where a proposal does not say.
    fn key(self, offer: &Offer) -> Option<i64> {
        let proposal = &offer.named.proposal;
        match self {
            Self::Price => Some(proposal.amount),
            Self::Day => Some(offer.a_day()),
            Self::Days => Some(proposal.days.into()),
            Self::Start => proposal.start_on.map(|day| day.to_epoch_days().into()),
            Self::Finish => proposal.finish_on().map(|day| day.to_epoch_days().into()),
            Self::Milestones => Some(-i64::try_from(proposal.milestones().len()).unwrap_or(i64::MAX)),
            Self::Answers => Some(-i64::try_from(offer.answered).unwrap_or(i64::MAX)),
            Self::Record => Some(-offer.contracts.all()),
            Self::Sent => Some(proposal.created_at.timestamp_micros()),
            Self::Marks => Some(match (offer.team.shortlisted(), offer.team.archived()) {
                (Some(_), None) => 0,
                (None, None) => 1,
                (Some(_), Some(_)) => 2,
                (None, Some(_)) => 3,
            }),
        }
    }
}

/// The winner first, then those that can win, in the order asked for, then the others. Whoever does not say comes last,
/// either way round.
pub fn order(offers: &mut [Offer], by: By, reversed: bool) {
    offers.sort_by_cached_key(|offer| {
        let key = by.key(offer).map(|key| if reversed { -key } else { key });
        (!offer.won(), !offer.counts(), key.is_none(), key, offer.named.proposal.id)
    });
}
