//! How far a job has come.

use crate::db::jobs::{self, Known};
use crate::db::{Connection, Failure};
use crate::domain::job::{Claim, JobRefused};

/// Keeps a report of 0 to 100 with a step in words, by the version that the reporter expects and the claim's token. One
/// statement; a refusal is kept with both versions.
///
/// # Errors
/// [`JobRefused`]; of these, `ConcurrentUpdate` may be tried again with the version that was found.
pub fn report_progress(
    conn: &mut Connection<'_>,
    claim: &Claim,
    expected: i32,
    progress: i16,
    step: &str,
) -> Result<Known, Failure<JobRefused>> {
    if let Some(known) = jobs::write_progress(conn, claim, expected, progress.clamp(0, 100), step)? {
        return Ok(known);
    }
    let job = jobs::find(conn, claim.job)?.ok_or(Failure::Refused(JobRefused::Missing))?;
    let found = job.version;
    let why = job.held_by(claim.token).err().unwrap_or(JobRefused::ConcurrentUpdate { expected, found });
    jobs::write_conflict(conn, claim.job, expected, found, step)?;
    Err(Failure::Refused(why))
}
