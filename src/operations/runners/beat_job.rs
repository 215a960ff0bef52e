//! Saying that a job is still worked on.

use crate::db::{Connection, Failure, jobs};
use crate::domain::job::{Claim, Job, JobRefused};

/// Begins the claim's lease anew, and answers the job as it is: whether somebody asked that it stops, and its version.
///
/// # Errors
/// [`JobRefused`] where the claim does not hold any more.
pub fn beat_job(conn: &mut Connection<'_>, claim: &Claim) -> Result<Job, Failure<JobRefused>> {
    let held = jobs::beat(conn, std::slice::from_ref(claim))?;
    let job = jobs::find(conn, claim.job)?.ok_or(Failure::Refused(JobRefused::Missing))?;
    if held.is_empty() {
        return Err(Failure::Refused(job.held_by(claim.token).err().unwrap_or(JobRefused::ClaimLost { version: job.version })));
    }
    Ok(job)
}
