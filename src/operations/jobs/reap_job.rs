//! Taking a job from a worker of which nothing is heard any more.

use std::convert::Infallible;

use crate::db::{Connection, Failure, Tx, jobs, transaction};
use crate::domain::ids::JobId;

/// Gives a job whose lease has run out to whoever comes next; nothing where its worker was heard of in time, or another
/// did this just now. Answers whether it was lost.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn reap_job(conn: &mut Connection<'_>, id: JobId) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| reap(tx, id))
}

fn reap(tx: &mut Tx<'_>, id: JobId) -> Result<bool, Failure<Infallible>> {
    let Some(job) = jobs::lock(tx, id)? else { return Ok(false) };
    let Some(what) = job.lose() else { return Ok(false) };
    if jobs::is_leased(tx, &job)? {
        return Ok(false);
    }
    jobs::write(tx, &job, &what)?;
    Ok(true)
}
