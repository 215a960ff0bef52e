//! `guildhall backup`.

use std::io::Write;

use anyhow::Context;
use chrono::Utc;
use diesel::pg::PgConnection;
use futures_util::TryStreamExt;

use super::BackupSettings;
use super::archive::{DUMP, MANIFEST, Writing};
use super::manifest::{FORMAT, Manifest};
use crate::cli::{start, storage};
use crate::db::backup::{Address, Dump, contents, migrations, places, still};
use crate::db::verify::verify_here;
use crate::storage::Storage;

/// Writes the database as of one moment, with its files, while the site is served.
pub fn run(settings: &BackupSettings) -> anyhow::Result<()> {
    let mut writing = Writing::begin(&settings.file)?;
    let ground = start::existing(&settings.database, settings.demo)?;
    let address = Address::of(&ground.url).context("give DATABASE_URL as postgresql://user:password@host/database")?;
    let mut conn = <PgConnection as diesel::Connection>::establish(&ground.url)?;
    let postgres = start::major(&mut conn)?;
    let manifest = still(&mut conn, |conn, snapshot| -> anyhow::Result<Manifest> {
        let mut dump = Dump::begin(&address, postgres, snapshot)?;
        writing.put(DUMP, &mut dump.bytes().context("pg_dump writes nothing")?)?;
        dump.end()?;
        let (tables, migrations, files) = (contents(conn)?, migrations(conn)?, places(conn)?);
        let faults = verify_here(conn)?.faults.len();
        let (program, made_at) = (env!("CARGO_PKG_VERSION").to_owned(), Utc::now().to_rfc3339());
        Ok(Manifest { format: FORMAT, program, postgres, made_at, migrations, tables, files, gone: Vec::new(), faults })
    })?;
    drop(conn);
    let folder = settings.database.data.join(if settings.demo { "demo-files" } else { "files" });
    let manifest = with_files(&mut writing, manifest, || storage::open(&settings.storage, &folder))?;
    writing.put(MANIFEST, &mut serde_json::to_vec_pretty(&manifest)?.as_slice())?;
    let digest = writing.seal()?;
    let size = std::fs::metadata(&settings.file)?.len();
    let mut out = std::io::stdout();
    let (tables, rows, files) = (manifest.tables.len(), manifest.rows(), manifest.files.len());
    writeln!(out, "{}: {rows} rows in {tables} tables, {files} files, {size} bytes", settings.file.display())?;
    for place in &manifest.gone {
        writeln!(out, "the bytes of {place} are not in the store")?;
    }
    if manifest.faults > 0 {
        writeln!(out, "`guildhall verify` finds {} faults, which the backup keeps as they are", manifest.faults)?;
    }
    writeln!(out, "digest {digest}")?;
    ground.stop()
}

/// The files' bytes, one after the other. A place that is taken out while this runs is one that nobody needs any more.
fn with_files(writing: &mut Writing, mut manifest: Manifest, open: impl FnOnce() -> anyhow::Result<Storage>) -> anyhow::Result<Manifest> {
    if manifest.files.is_empty() {
        return Ok(manifest);
    }
    let (storage, system) = (open()?, actix_web::rt::System::new());
    for place in std::mem::take(&mut manifest.files) {
        let read = async {
            match storage.get(&place).await? {
                Some(bytes) => {
                    let gathered = bytes.try_fold(Vec::new(), |mut all, part| {
                        all.extend_from_slice(&part);
                        std::future::ready(Ok(all))
                    });
                    gathered.await.map(Some)
                }
                None => Ok(None),
            }
        };
        match system.block_on(read)? {
            Some(bytes) => {
                writing.put(&format!("files/{place}"), &mut bytes.as_slice())?;
                manifest.files.push(place);
            }
            None => manifest.gone.push(place),
        }
    }
    Ok(manifest)
}
