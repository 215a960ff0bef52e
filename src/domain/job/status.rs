//! The states of a job and the one table of its moves (the schema's trigger repeats it).

use crate::domain::text_enum::text_enum;

text_enum! {
    /// The states of a job.
    JobStatus {
        /// Waits for a worker, or for its time.
        Queued = "QUEUED",
        /// A worker has claimed it.
        Running = "RUNNING",
        /// Done.
        Completed = "COMPLETED",
        /// Given up after its last attempt.
        Failed = "FAILED",
        /// Called off before it was done.
        Cancelled = "CANCELLED",
    }
}

text_enum! {
    /// Who does it.
    Queue {
        /// This program's own workers.
        House = "HOUSE",
        /// An organisation's own runners, over the API.
        Runners = "RUNNERS",
    }
}

impl JobStatus {
    /// Whether this state may become that one.
    pub fn may_become(self, next: Self) -> bool {
        use JobStatus::*;
        matches!((self, next), (Queued, Running | Cancelled) | (Running, Queued | Completed | Failed | Cancelled))
    }

    /// Whether nothing leads out of it.
    pub fn is_final(self) -> bool {
        Self::ALL.iter().all(|next| !self.may_become(*next))
    }

    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Queued => "Waiting",
            Self::Running => "Running",
            Self::Completed => "Completed",
            Self::Failed => "Failed",
            Self::Cancelled => "Cancelled",
        }
    }
}
