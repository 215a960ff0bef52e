//! Asking for a job that an organisation's own runners do.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, jobs, projects, transaction};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::job::{Enqueued, ExternalJob, JobRefused};
use crate::operations::refused;

/// Asks for it, once for each key of the organisation.
///
/// # Errors
/// [`JobRefused`], recorded; or whatever broke, with nothing written.
pub fn ask_external_job(
    conn: &mut Connection<'_>,
    by: UserId,
    organisation: OrganisationId,
    new: &ExternalJob,
) -> Result<Enqueued, Failure<JobRefused>> {
    refused(conn, Attempt::new(by, "ask_external_job"), |conn| transaction(conn, |tx| ask(tx, by, organisation, new)))
}

fn ask(tx: &mut Tx<'_>, by: UserId, organisation: OrganisationId, new: &ExternalJob) -> Result<Enqueued, Failure<JobRefused>> {
    let member = projects::membership(tx, organisation, by)?;
    new.may_be_asked(member.as_ref()).map_err(Failure::Refused)?;
    Ok(jobs::enqueue(tx, &new.job(organisation, by))?)
}
