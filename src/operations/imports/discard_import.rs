//! Throwing a file away.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, imports, projects, transaction};
use crate::domain::ids::{ImportId, UserId};
use crate::domain::import::ImportRefused;
use crate::operations::refused;

/// Throws a file and its rows away, under its lock, unless they are being put. What was put stays.
///
/// # Errors
/// [`ImportRefused`], recorded; or whatever broke, with nothing written.
pub fn discard_import(conn: &mut Connection<'_>, by: UserId, id: ImportId) -> Result<(), Failure<ImportRefused>> {
    refused(conn, Attempt::new(by, "discard_import"), |conn| transaction(conn, |tx| discard(tx, by, id)))
}

fn discard(tx: &mut Tx<'_>, by: UserId, id: ImportId) -> Result<(), Failure<ImportRefused>> {
    let import = imports::lock(tx, id)?.ok_or(Failure::Refused(ImportRefused::Missing))?;
    let member = projects::membership(tx, import.organisation_id, by)?.ok_or(Failure::Refused(ImportRefused::Missing))?;
    if !member.role.manages_projects() {
        return Err(Failure::Refused(ImportRefused::NotAllowed));
    }
    if import.is_running() {
        return Err(Failure::Refused(ImportRefused::Running));
    }
    imports::write_discarded(tx, &import)?;
    Ok(())
}
