//! What people tell the house about projects, profiles and reviews, and how that is settled.

use chrono::{DateTime, TimeDelta, Utc};

use super::refusal::{Refusal, RefusalKind};
use super::text_enum::text_enum;

/// So many things one person may report in a day.
pub const MOST_A_DAY: i64 = 10;
/// How long a report counts for that.
pub const COUNTED: TimeDelta = TimeDelta::days(1);

text_enum! {
    /// What is reported.
    AbuseOf {
        /// A project.
        Project = "PROJECT",
        /// A freelancer's profile.
        Profile = "PROFILE",
        /// A review that is shown.
        Review = "REVIEW",
    }
}

text_enum! {
    /// What came of a report.
    Outcome {
        /// Nothing is wrong with what was reported.
        Dismissed = "DISMISSED",
        /// The house did something about it.
        ActedOn = "ACTED_ON",
    }
}

impl AbuseOf {
    /// In words, in the middle of a sentence.
    pub fn label(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Profile => "profile",
            Self::Review => "review",
        }
    }
}

impl Outcome {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Dismissed => "Dismissed",
            Self::ActedOn => "Acted on",
        }
    }
}

/// One thing that can be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub of: AbuseOf,
    /// Its number.
    pub id: i64,
}

/// Why a report is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbuseRefused {
    /// No such thing, or none to be known of.
    Missing,
    /// Their own, or their organisation's.
    Own,
    /// They have reported as much as one may in a day.
    TooMany {
        /// When there is room for another one.
        again_at: DateTime<Utc>,
        /// When this one came.
        at: DateTime<Utc>,
    },
}

impl Refusal for AbuseRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Own => RefusalKind::NotAllowed,
            Self::TooMany { .. } => RefusalKind::TooLate,
        }
    }
}

/// Why a report is not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettleRefused {
    /// No such report; or whoever asks does not keep the house (any more).
    Missing,
    /// Another admin was first.
    Settled,
}

impl Refusal for SettleRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Settled => RefusalKind::TooLate,
        }
    }
}
