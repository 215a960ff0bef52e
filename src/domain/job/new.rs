//! What is asked for.

use chrono::{DateTime, Utc};

use super::Task;
use crate::domain::ids::{JobId, OrganisationId, UserId};

/// What goes first where many wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Somebody waits for it.
    Soon,
    /// In its turn.
    Normal,
    /// When there is nothing else to do.
    Later,
}

impl Priority {
    /// As it is stored: 0 goes before 1.
    pub fn rank(self) -> i16 {
        match self {
            Self::Soon => 0,
            Self::Normal => 1,
            Self::Later => 2,
        }
    }
}

/// A job to be. Whoever asks twice under the same key gets the first one.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// What there is to do.
    pub task: Task,
    /// Whose it is; its members may see it.
    pub organisation: Option<OrganisationId>,
    /// Who asked for it; they may see it where no organisation does.
    pub asked_by: Option<UserId>,
    /// The same work has the same key, such as `open_bids:412`; 200 characters at most.
    pub unique_key: String,
    /// Not before this; at once if nothing is said.
    pub run_at: Option<DateTime<Utc>>,
    /// What goes first where many wait.
    pub priority: Priority,
}

impl NewJob {
    /// The house's own, in its turn, as soon as somebody is free.
    pub fn new(task: Task, unique_key: impl Into<String>) -> Self {
        Self { task, organisation: None, asked_by: None, unique_key: unique_key.into(), run_at: None, priority: Priority::Normal }
    }
}

/// What came of asking for a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enqueued {
    /// It was not asked for before.
    New(JobId),
    /// It stood already, in whatever state it is now.
    Stood(JobId),
}

impl Enqueued {
    /// The one job of that key.
    pub fn id(self) -> JobId {
        match self {
            Self::New(id) | Self::Stood(id) => id,
        }
    }
}
