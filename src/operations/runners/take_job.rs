//! Taking a job.

use std::convert::Infallible;

use crate::db::jobs::{self, Claimed};
use crate::db::{Connection, Failure};
use crate::domain::ids::OrganisationId;

/// Claims the next of an organisation's jobs for one of its runners; nothing where none waits. One statement: two who ask
/// at once get two jobs.
///
/// # Errors
/// Whatever broke.
pub fn take_job(conn: &mut Connection<'_>, organisation: OrganisationId, runner: &str) -> Result<Option<Claimed>, Failure<Infallible>> {
    Ok(jobs::claim_for_runner(conn, organisation, runner)?)
}
