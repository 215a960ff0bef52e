//! Doing a job once more.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, jobs, transaction};
use crate::domain::ids::{JobId, UserId};
use crate::domain::job::{Enqueued, JobRefused};
use crate::operations::refused;

/// Makes a new job of one that has ended, with the same task: what ended stays as it is. Asked for twice, it is made once.
///
/// # Errors
/// [`JobRefused`], recorded; or whatever broke, with nothing written.
pub fn run_again(conn: &mut Connection<'_>, by: UserId, id: JobId) -> Result<Enqueued, Failure<JobRefused>> {
    refused(conn, Attempt::new(by, "run_again"), |conn| transaction(conn, |tx| again(tx, by, id)))
}

fn again(tx: &mut Tx<'_>, by: UserId, id: JobId) -> Result<Enqueued, Failure<JobRefused>> {
    let missing = Failure::Refused(JobRefused::Missing);
    let Some(job) = jobs::lock(tx, id)? else { return Err(missing) };
    let Some(who) = jobs::standing(tx, id, by)? else { return Err(missing) };
    job.is_steered_by(&who).map_err(Failure::Refused)?;
    if !job.status.is_final() {
        return Err(Failure::Refused(JobRefused::NotEnded(job.status)));
    }
    Ok(jobs::write_retry(tx, &job, by)?)
}
