//! Beginning to put a file's rows, or going on with them.

use crate::db::imports::Import;
use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, imports, jobs, projects, transaction};
use crate::domain::ids::{ImportId, UserId};
use crate::domain::import::ImportRefused;
use crate::domain::job::{NewJob, Priority, Task};
use crate::operations::refused;

/// Asks for the job that puts the rows which nobody has dealt with, under the import's lock: one at a time.
///
/// # Errors
/// [`ImportRefused`], recorded; or whatever broke, with nothing written.
pub fn start_import(conn: &mut Connection<'_>, by: UserId, id: ImportId) -> Result<(), Failure<ImportRefused>> {
    refused(conn, Attempt::new(by, "start_import"), |conn| transaction(conn, |tx| start(tx, by, id)))
}

fn start(tx: &mut Tx<'_>, by: UserId, id: ImportId) -> Result<(), Failure<ImportRefused>> {
    let import: Import = imports::lock(tx, id)?.ok_or(Failure::Refused(ImportRefused::Missing))?;
    let member = projects::membership(tx, import.organisation_id, by)?.ok_or(Failure::Refused(ImportRefused::Missing))?;
    if !member.role.manages_projects() {
        return Err(Failure::Refused(ImportRefused::NotAllowed));
    }
    if import.finished_at.is_some() {
        return Err(Failure::Refused(ImportRefused::Finished));
    }
    if import.is_running() {
        return Err(Failure::Refused(ImportRefused::Running));
    }
    let run = imports::write_started(tx, &import)?;
    let new = NewJob::new(Task::PutProjects { import: id, by }, imports::job_key(id, run));
    jobs::enqueue(tx, &NewJob { organisation: Some(import.organisation_id), asked_by: Some(by), priority: Priority::Soon, ..new })?;
    Ok(())
}
