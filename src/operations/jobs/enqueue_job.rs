//! Asking for a job by itself: where something else asks for one, it does so in its own transaction.

use std::convert::Infallible;

use crate::db::{Connection, Failure, jobs, transaction};
use crate::domain::job::{Enqueued, NewJob};

/// Asks for a job, once for each key.
///
/// # Errors
/// Whatever broke.
pub fn enqueue_job(conn: &mut Connection<'_>, new: &NewJob) -> Result<Enqueued, Failure<Infallible>> {
    transaction(conn, |tx| Ok(jobs::enqueue(tx, new)?))
}
