//! What both sides say of each other after a contract, double-blind: neither reads the other's before both have written.

use chrono::{DateTime, TimeDelta, Utc};

use serde::{Deserialize, Serialize};

use super::contract::{ContractRefused, Party, Side};
use super::field_errors::FieldErrors;
use super::ids::{OrganisationId, UserId};
use super::refusal::{Refusal, RefusalKind};
use super::words::ReviewWords;

/// So many days after the end of a contract reviews are taken; then what there is is shown. The schema repeats it.
pub const DAYS: i64 = 14;

/// What one side says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewContent {
    /// From 1 to 5.
    pub rating: i32,
    /// In words.
    pub words: ReviewWords,
}

impl ReviewContent {
    /// Judges what was typed.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(rating: &str, words: &str) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let chosen = rating.trim().parse().ok().filter(|rating| (1..=5).contains(rating));
        let rating = wrong.take("rating", chosen.ok_or("Choose from 1 to 5"));
        let words = wrong.take("words", ReviewWords::parse(words));
        let content = rating.zip(words).map(|(rating, words)| Self { rating, words });
        wrong.or(content)
    }
}

/// Whom reviews are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reviewed {
    /// Who did the work: clients say what it was like.
    Freelancer(UserId),
    /// For whom it was done: freelancers do.
    Client(OrganisationId),
}

/// Where a contract's reviews stand, read under its lock or to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewsStand {
    /// When the contract ended, if it has.
    pub ended_at: Option<DateTime<Utc>>,
    /// Which writing of the client's is in; 0 before the first.
    pub client: i32,
    /// Which writing of the freelancer's.
    pub freelancer: i32,
    /// Whether everybody reads what there is.
    pub is_shown: bool,
    /// The database's clock.
    pub at: DateTime<Utc>,
}

impl ReviewsStand {
    /// Until when reviews are taken.
    pub fn until(&self) -> Option<DateTime<Utc>> {
        self.ended_at.map(|ended| ended + TimeDelta::days(DAYS))
    }

    /// Which writing of a side's is in; 0 before the first.
    pub fn version(&self, side: Side) -> i32 {
        match side {
            Side::Client => self.client,
            Side::Freelancer => self.freelancer,
        }
    }

    /// Whether a side's is in.
    pub fn is_in(&self, side: Side) -> bool {
        self.version(side) > 0
    }

    /// Whether the house shows what there is: one waits still, and the days are over.
    pub fn is_due(&self) -> bool {
        let waits = !self.is_shown && (self.is_in(Side::Client) || self.is_in(Side::Freelancer));
        waits && self.until().is_some_and(|until| until <= self.at)
    }

    /// Judges the writing, or the writing anew of what was read at version `seen`.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_write(&self, by: &Party, seen: i32) -> Result<(), ReviewRefused> {
        by.acts()?;
        match self.until() {
            None => Err(ReviewRefused::NotEnded),
            Some(_) if self.is_shown => Err(ReviewRefused::Shown),
            Some(until) if until <= self.at => Err(ReviewRefused::Over),
            Some(_) if self.version(by.side) != seen => Err(ReviewRefused::Stale { seen, now: self.version(by.side) }),
            Some(_) => Ok(()),
        }
    }
}

/// Why a review is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewRefused {
    /// No such contract, or none to be known of.
    Missing,
    /// Owners and managers write for the client.
    NotAllowed,
    /// The contract has not ended.
    NotEnded,
    /// The fourteen days are over.
    Over,
    /// They are shown: they stay as they are.
    Shown,
    /// A colleague wrote meanwhile.
    Stale {
        /// The writing that the person saw.
        seen: i32,
        /// The one that is in now.
        now: i32,
    },
}

impl Refusal for ReviewRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::NotEnded | Self::Over | Self::Shown => RefusalKind::TooLate,
            Self::Stale { .. } => RefusalKind::Stale,
        }
    }
}

impl From<ContractRefused> for ReviewRefused {
    fn from(why: ContractRefused) -> Self {
        if why == ContractRefused::Missing { Self::Missing } else { Self::NotAllowed }
    }
}

/// Several reviews in one figure that anybody can add up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratings {
    /// How many.
    pub count: i64,
    /// All their ratings added up.
    pub sum: i64,
}

impl Ratings {
    /// The mean in tenths, rounded to the nearest; nothing before there was one.
    pub fn tenths(&self) -> Option<i64> {
        (self.count > 0).then(|| (self.sum * 20 + self.count) / (self.count * 2))
    }

    /// In words: "4.3 of 5, from 6 reviews (26 ÷ 6)".
    pub fn words(&self) -> Option<String> {
        let tenths = self.tenths()?;
        let reviews = if self.count == 1 { "1 review".to_owned() } else { format!("{} reviews", self.count) };
        Some(format!("{}.{} of 5, from {reviews} ({} ÷ {})", tenths / 10, tenths % 10, self.sum, self.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_not_written_any_more() {
        let ended: DateTime<Utc> = "2026-11-01T10:00:00Z".parse().unwrap();
        let none = ReviewsStand { ended_at: Some(ended), client: 0, freelancer: 0, is_shown: false, at: ended };
        let after = |days| ReviewsStand { at: ended + TimeDelta::days(days), ..none };
        let party = |decides| Party { user: UserId(1), side: Side::Client, decides };
        let (all, one) = (party(true), |days| ReviewsStand { freelancer: 3, ..after(days) });
        assert_eq!(after(13).may_write(&all, 0), Ok(()));
        assert_eq!(after(13).may_write(&party(false), 0), Err(ReviewRefused::NotAllowed));
        assert_eq!(after(14).may_write(&all, 0), Err(ReviewRefused::Over));
        assert_eq!(ReviewsStand { ended_at: None, ..none }.may_write(&all, 0), Err(ReviewRefused::NotEnded));
        assert_eq!(ReviewsStand { is_shown: true, ..one(1) }.may_write(&all, 0), Err(ReviewRefused::Shown));
        let changed = ReviewsStand { client: 2, ..after(1) };
        assert_eq!(changed.may_write(&all, 1), Err(ReviewRefused::Stale { seen: 1, now: 2 }));
        assert_eq!(changed.may_write(&all, 2), Ok(()));
        assert_eq!([one(13).is_due(), one(14).is_due(), after(14).is_due()], [false, true, false]);
        assert!(!ReviewsStand { is_shown: true, ..one(15) }.is_due());
    }

    #[test]
    fn a_mean_says_what_it_is_made_of() {
        assert_eq!(Ratings::default().words(), None);
        assert_eq!(Ratings { count: 6, sum: 26 }.words().unwrap(), "4.3 of 5, from 6 reviews (26 ÷ 6)");
        assert_eq!(Ratings { count: 2, sum: 9 }.tenths(), Some(45));
        assert_eq!(Ratings { count: 1, sum: 5 }.words().unwrap(), "5.0 of 5, from 1 review (5 ÷ 1)");
    }
}
