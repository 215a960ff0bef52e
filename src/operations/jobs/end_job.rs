//! How a worker leaves a job.

use crate::db::{Connection, Failure, Tx, at_once, jobs, transaction};
use crate::domain::job::{Claim, Ending, Job, JobRefused, JobStatus};

/// Ends a job, or this attempt at it, under its lock and by the token of its claim: whoever lost the job changes nothing.
/// `expected` is the version that the worker knew; what is refused is kept with both.
///
/// # Errors
/// [`JobRefused`], or whatever broke, with nothing written.
pub fn end_job(conn: &mut Connection<'_>, claim: &Claim, expected: i32, ending: &Ending) -> Result<JobStatus, Failure<JobRefused>> {
    // What nearly every job comes to is one trip to the server; whatever stands in its way is looked at under the lock.
    if let Ending::Completed(result) = ending
        && at_once(conn, |pg| jobs::write_completed(pg, claim, result))?
    {
        return Ok(JobStatus::Completed);
    }
    let done = transaction(conn, |tx| end(tx, claim, ending.clone()));
    if let Err(Failure::Refused(JobRefused::JobIs { version, .. } | JobRefused::ClaimLost { version })) = done
        && let Err(error) = jobs::write_conflict(conn, claim.job, expected, version, "")
    {
        tracing::warn!(%error, job = claim.job.0, "a conflict could not be kept");
    }
    done
}

fn end(tx: &mut Tx<'_>, claim: &Claim, ending: Ending) -> Result<JobStatus, Failure<JobRefused>> {
    let job = jobs::lock(tx, claim.job)?.ok_or(Failure::Refused(JobRefused::Missing))?;
    let what = Job::end(&job, claim.token, ending).map_err(Failure::Refused)?;
    jobs::write(tx, &job, &what)?;
    Ok(what.report().status)
}
