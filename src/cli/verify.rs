//! `guildhall verify`.

use std::io::Write;
use std::process::ExitCode;

use diesel::pg::PgConnection;

use super::settings::{DatabaseSettings, StorageSettings};
use super::{start, storage};
use crate::db::files;
use crate::db::verify::{Noted, verify_with};
use crate::domain::ids::FileId;
use crate::storage::Storage;

/// Checks every chain and every rule of the database as it stands, without changing it (the schema neither).
/// The answer is 0 if all holds, 1 if something does not.
pub fn run(settings: &DatabaseSettings, kept: &StorageSettings, demo: bool, noted: &[Noted]) -> anyhow::Result<ExitCode> {
    let ground = start::existing(settings, demo)?;
    let mut conn = <PgConnection as diesel::Connection>::establish(&ground.url)?;
    let report = verify_with(&mut conn, noted)?;
    let folder = settings.data.join(if demo { "demo-files" } else { "files" });
    let gone = files_gone(&mut conn, || storage::open(kept, &folder))?;
    drop(conn);
    writeln!(std::io::stdout(), "{report}")?;
    for id in &gone {
        writeln!(std::io::stdout(), "{}: its bytes are not in the store", id.reference())?;
    }
    ground.stop()?;
    Ok(if report.faults.is_empty() && gone.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Files whose bytes are gone. The store is opened only where there are files at all.
fn files_gone(conn: &mut PgConnection, open: impl FnOnce() -> anyhow::Result<Storage>) -> anyhow::Result<Vec<FileId>> {
    let mut batch = files::all_after(conn, FileId(0))?;
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let (storage, system, mut gone) = (open()?, actix_web::rt::System::new(), Vec::new());
    while let Some((last, _)) = batch.last() {
        let last = *last;
        for (id, place) in batch {
            if !system.block_on(storage.has(&place))? {
                gone.push(id);
            }
        }
        batch = files::all_after(conn, last)?;
    }
    Ok(gone)
}
