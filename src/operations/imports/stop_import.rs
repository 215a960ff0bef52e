//! Calling off the putting of a file's rows.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, imports, jobs, projects, transaction};
use crate::domain::ids::{ImportId, UserId};
use crate::domain::import::ImportRefused;
use crate::operations::refused;

/// Asks the job to stop: what has been put stays, the other rows wait until somebody goes on with them. One that is not
/// running has stopped already.
///
/// # Errors
/// [`ImportRefused`], recorded; or whatever broke, with nothing written.
pub fn stop_import(conn: &mut Connection<'_>, by: UserId, id: ImportId) -> Result<(), Failure<ImportRefused>> {
    refused(conn, Attempt::new(by, "stop_import"), |conn| transaction(conn, |tx| stop(tx, by, id)))
}

fn stop(tx: &mut Tx<'_>, by: UserId, id: ImportId) -> Result<(), Failure<ImportRefused>> {
    let import = imports::find(tx, id)?.ok_or(Failure::Refused(ImportRefused::Missing))?;
    let member = projects::membership(tx, import.organisation_id, by)?.ok_or(Failure::Refused(ImportRefused::Missing))?;
    if !member.role.manages_projects() {
        return Err(Failure::Refused(ImportRefused::NotAllowed));
    }
    let Some(job) = import.job else { return Ok(()) };
    let Some(job) = jobs::lock(tx, job)? else { return Ok(()) };
    if let Ok(Some(what)) = job.cancel(by) {
        jobs::write(tx, &job, &what)?;
    }
    Ok(())
}
