//! Ending by hand what holds others up in the database.

use chrono::{DateTime, Utc};

use super::refusal::{Refusal, RefusalKind};
use super::text_enum::text_enum;

text_enum! {
    /// How a connection takes part in a wait.
    WaitSide {
        /// It waits for a lock: its statement is what is ended.
        Waits = "WAITS",
        /// Others wait for what it holds: its transaction is what is ended, with the connection.
        Holds = "HOLDS",
    }
}

/// One wait: a process of PostgreSQL in one of its statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// The process.
    pub pid: i32,
    /// When its statement began: a process has many, one after the other.
    pub began: DateTime<Utc>,
    /// How it takes part.
    pub side: WaitSide,
}

/// Why a wait is not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitRefused {
    /// Whoever asks does not keep the house (any more).
    Missing,
    /// It is over, or not what it was, or another program's.
    Over,
}

impl Refusal for WaitRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Over => RefusalKind::TooLate,
        }
    }
}
