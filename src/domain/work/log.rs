//! A session of work, and why one is not taken.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use diesel::prelude::*;

use super::admit::Near;
use super::hours::Minutes;
use super::sheet::SheetState;
use super::week::Week;
use crate::domain::contract::ContractStatus;
use crate::domain::ids::{ContractId, TimesheetId, UserId, WorkLogId};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::text_enum::text_enum;
use crate::domain::words::WorkNote;

/// So many sessions at most are brought or changed at once.
pub const MOST_AT_ONCE: usize = 500;
/// No session is longer.
const LONGEST: TimeDelta = TimeDelta::hours(24);

text_enum! {
    /// How a session was entered.
    Origin {
        /// It was timed.
        Timer = "TIMER",
        /// Its begin and end were typed.
        Entry = "ENTRY",
        /// Its hours were typed into the week.
        Hours = "HOURS",
        /// It was copied from the week before.
        Copy = "COPY",
        /// It was brought as a file.
        Import = "IMPORT",
    }
}

/// From when to when; without an end it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// The first moment that does not belong to it any more.
    pub to: Option<DateTime<Utc>>,
}

/// Time worked on a contract.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::work_logs, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct WorkLog {
    pub id: WorkLogId,
    pub timesheet_id: TimesheetId,
    pub contract_id: ContractId,
    pub freelancer_id: UserId,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub note: String,
    pub origin: Origin,
    pub stopped_by_house: bool,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

impl WorkLog {
    /// From when to when.
    pub fn span(&self) -> Span {
        Span { from: self.started_at, to: self.ended_at }
    }

    /// Whether it is there and has no end yet.
    pub fn is_running(&self) -> bool {
        self.ended_at.is_none() && self.deleted_at.is_none()
    }
}

impl Span {
    /// How long it is; a running one is nothing yet.
    pub fn minutes(self) -> Minutes {
        Minutes(self.to.map_or(0, |to| (to - self.from).num_minutes()))
    }

    /// Whether some moment belongs to both.
    pub fn overlaps(self, other: Self) -> bool {
        other.to.is_none_or(|end| self.from < end) && self.to.is_none_or(|end| other.from < end)
    }

    /// Whether it is a session at all: longer than nothing, no longer than a day, and over.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn is_sound(self, at: DateTime<Utc>) -> Result<(), LogRefused> {
        match self.to {
            Some(to) if to <= self.from => Err(LogRefused::NotPositive),
            Some(to) if to - self.from > LONGEST => Err(LogRefused::TooLong),
            Some(to) if to > at => Err(LogRefused::InFuture),
            None if self.from > at => Err(LogRefused::InFuture),
            _ => Ok(()),
        }
    }
}

/// What was worked, as it is to be written down.
#[derive(Debug, Clone)]
pub struct Entry {
    /// From when to when.
    pub span: Span,
    /// On what.
    pub note: WorkNote,
}

/// Hours that were typed into a week's table.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The day, 0 is Monday.
    pub day: usize,
    /// The session that had hours there, and its version; nothing for new hours.
    pub log: Option<(WorkLogId, i32)>,
    /// On what.
    pub note: WorkNote,
    /// How long.
    pub minutes: Minutes,
}

/// The minute that a moment is in: sessions begin and end on whole ones.
pub fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at)
}

/// Why a session is not taken, changed or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogRefused {
    /// No such contract or session, or none to be known of.
    Missing,
    /// Freelancers alone keep their time.
    NotAllowed,
    /// No work is done on the contract any more, or right now.
    ContractIs(ContractStatus),
    /// The end does not come after the beginning.
    NotPositive,
    /// Longer than a day.
    TooLong,
    /// It has not happened yet.
    InFuture,
    /// It begins before the contract did.
    BeforeContract(DateTime<Utc>),
    /// Its week was sent.
    WeekIs(Week, SheetState),
    /// It lies on another one: which.
    Overlaps(Near),
    /// On another one, of which the schema alone knew.
    Taken,
    /// The contract's limit for a week: so much, and so much would be left.
    OverLimit {
        /// The week.
        week: Week,
        /// The limit.
        limit: Minutes,
        /// What of it is not used.
        left: Minutes,
    },
    /// The person saw another version.
    Changed {
        /// The one that was seen.
        seen: i32,
        /// The one that there is.
        now: i32,
    },
    /// It was deleted.
    Deleted,
    /// It was not deleted.
    NotDeleted,
    /// No timer runs on this contract.
    NotRunning,
    /// A timer that never came to an end cannot be restored, and has to be stopped before it is changed.
    Endless,
    /// More than are taken at once.
    TooMany,
    /// A day (0 is Monday) has no room left for hours that were typed.
    NoRoom(usize),
    /// Nothing was worked in the week before that could be copied.
    NothingToCopy,
}

impl Refusal for LogRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::ContractIs(_)
            | Self::WeekIs(..)
            | Self::Overlaps(_)
            | Self::Taken
            | Self::OverLimit { .. }
            | Self::Deleted
            | Self::NotDeleted
            | Self::NotRunning
            | Self::Endless
            | Self::NoRoom(_)
            | Self::NothingToCopy => RefusalKind::TooLate,
            Self::Changed { .. } => RefusalKind::Stale,
            Self::NotPositive | Self::TooLong | Self::InFuture | Self::BeforeContract(_) | Self::TooMany => RefusalKind::Invalid,
        }
    }
}
