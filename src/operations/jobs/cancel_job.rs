//! Calling a job off.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, jobs, transaction};
use crate::domain::ids::{JobId, UserId};
use crate::domain::job::{JobRefused, JobStatus};
use crate::operations::refused;

/// Cancels a job that waits, under its lock; one that runs is asked to stop, which its worker honours as soon as it can.
/// Answers the state that it has then. A second time changes nothing.
///
/// # Errors
/// [`JobRefused`], recorded; or whatever broke, with nothing written.
pub fn cancel_job(conn: &mut Connection<'_>, by: UserId, id: JobId) -> Result<JobStatus, Failure<JobRefused>> {
    refused(conn, Attempt::new(by, "cancel_job"), |conn| transaction(conn, |tx| cancel(tx, by, id)))
}

fn cancel(tx: &mut Tx<'_>, by: UserId, id: JobId) -> Result<JobStatus, Failure<JobRefused>> {
    let missing = Failure::Refused(JobRefused::Missing);
    let Some(job) = jobs::lock(tx, id)? else { return Err(missing) };
    let Some(who) = jobs::standing(tx, id, by)? else { return Err(missing) };
    job.is_steered_by(&who).map_err(Failure::Refused)?;
    let Some(what) = job.cancel(by).map_err(Failure::Refused)? else { return Ok(job.status) };
    jobs::write(tx, &job, &what)?;
    Ok(what.report().status)
}
