//! Bringing projects as a file: nothing is put yet.

use crate::db::imports::{self, Brought};
use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, projects, transaction};
use crate::domain::ids::ImportId;
use crate::domain::import::ImportRefused;
use crate::operations::refused;

/// Keeps a file's rows, to be looked through.
///
/// # Errors
/// [`ImportRefused`], recorded; or whatever broke, with nothing written.
pub fn bring_projects(conn: &mut Connection<'_>, brought: &Brought<'_>) -> Result<ImportId, Failure<ImportRefused>> {
    refused(conn, Attempt::new(brought.by, "bring_projects"), |conn| transaction(conn, |tx| bring(tx, brought)))
}

fn bring(tx: &mut Tx<'_>, brought: &Brought<'_>) -> Result<ImportId, Failure<ImportRefused>> {
    let member = projects::membership(tx, brought.organisation, brought.by)?.ok_or(Failure::Refused(ImportRefused::Missing))?;
    if !member.role.manages_projects() {
        return Err(Failure::Refused(ImportRefused::NotAllowed));
    }
    Ok(imports::write_brought(tx, brought)?)
}
