//! Background work: what there is to do, in which state it is, and who may report on it or end it.

mod decide;
mod external;
mod new;
mod standing;
mod status;
mod task;

use uuid::Uuid;

use super::ids::{JobId, OrganisationId, UserId};

pub use decide::{Ending, JobRefused, Move, Report};
pub use external::ExternalJob;
pub use new::{Enqueued, NewJob, Priority};
pub use standing::Standing;
pub use status::{JobStatus, Queue};
pub use task::{Task, label};

/// How long a claim holds without a word of its worker: two heartbeats.
pub const LEASE_SECONDS: i32 = 30;
/// How often a worker says that it still works.
pub const HEARTBEAT_SECONDS: u64 = 15;

/// A claim on a job. The token is made anew with each, and known to the claimer alone: whoever lost the job changes
/// nothing with the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The job.
    pub job: JobId,
    /// What proves the claim.
    pub token: Uuid,
}

/// A job as decisions look at it: under its row's lock.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its number.
    pub id: JobId,
    /// Whose it is.
    pub organisation: Option<OrganisationId>,
    /// Who asked for it.
    pub asked_by: Option<UserId>,
    /// Its state.
    pub status: JobStatus,
    /// Rises with every change but a heartbeat.
    pub version: i32,
    /// Claims so far.
    pub attempts: i32,
    /// After so many it has failed.
    pub most_attempts: i32,
    /// The token of the claim that holds, while it runs.
    pub token: Option<Uuid>,
    /// Whether somebody asked that it stops.
    pub is_asked_to_stop: bool,
}
