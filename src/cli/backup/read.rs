//! `guildhall restore`.

use std::io::{Read, Write};

use anyhow::{Context, bail};
use diesel::pg::PgConnection;

use super::RestoreSettings;
use super::archive::{DUMP, MANIFEST, Sealed};
use super::manifest::{FORMAT, Manifest};
use crate::cli::{start, storage};
use crate::db::backup::{self, Address, Table, contents, is_bare};
use crate::db::migrations;
use crate::db::verify::verify;

/// Makes a house of a backup, where none is yet: all of it or nothing. The files come first, for files that no row names
/// do no harm; the rows come in one transaction.
pub fn run(settings: &RestoreSettings) -> anyhow::Result<()> {
    let mut sealed = Sealed::open(&settings.file)?;
    if settings.digest.as_ref().is_some_and(|digest| *digest != sealed.digest) {
        bail!("{} is another backup: its digest is {}", settings.file.display(), sealed.digest);
    }
    let manifest: Manifest = serde_json::from_reader(sealed.entry(MANIFEST)?).context("the backup tells nothing of itself")?;
    let newer = migrations::unknown(&manifest.migrations)?;
    if manifest.format != FORMAT || newer > 0 {
        bail!(
            "the backup was written by Guildhall {}, which is newer than this one: restore it with that or a newer one",
            manifest.program
        );
    }
    let mut into = |url: &str| -> anyhow::Result<()> {
        put_files(&mut sealed, &manifest, settings)?;
        put_rows(&mut sealed, &manifest, url)
    };
    match &settings.database.database_url {
        Some(url) => {
            let mut conn = start::connect(url)?;
            if !is_bare(&mut conn)? {
                bail!("the database is not empty: make a new one with createdb, and name it in DATABASE_URL");
            }
            into(url)?;
        }
        None => {
            let cluster = start::private_cluster(&settings.database)?;
            let mut was_filled = false;
            cluster.database_filled("guildhall", |url| {
                was_filled = true;
                into(url)
            })?;
            cluster.stop()?;
            if !was_filled {
                bail!("there is a house in {} already: name another folder with --data", settings.database.data.display());
            }
        }
    }
    let (rows, tables, files) = (manifest.rows(), manifest.tables.len(), manifest.files.len());
    writeln!(std::io::stdout(), "{rows} rows in {tables} tables and {files} files, as they were at {}", manifest.made_at)?;
    Ok(())
}

fn put_files(sealed: &mut Sealed, manifest: &Manifest, settings: &RestoreSettings) -> anyhow::Result<()> {
    if manifest.files.is_empty() {
        return Ok(());
    }
    let store = storage::open(&settings.storage, &settings.database.data.join("files"))?;
    let system = actix_web::rt::System::new();
    for place in &manifest.files {
        let mut bytes = Vec::new();
        sealed.entry(&format!("files/{place}"))?.read_to_end(&mut bytes)?;
        system.block_on(store.put(place, bytes))?;
    }
    Ok(())
}

/// The rows, held against what the backup says of them; then what this program's schema has beyond the backup's.
fn put_rows(sealed: &mut Sealed, manifest: &Manifest, url: &str) -> anyhow::Result<()> {
    let address = Address::of(url).context("give DATABASE_URL as postgresql://user:password@host/database")?;
    let mut conn: PgConnection = start::connect(url)?;
    backup::restore(&address, start::major(&mut conn)?, &mut sealed.entry(DUMP)?)?;
    let others: Vec<String> = differing(&manifest.tables, &contents(&mut conn)?);
    if !others.is_empty() {
        bail!("the database does not hold what the backup says, do not use it: {}", others.join(", "));
    }
    migrations::run(url)?;
    let faults = verify(&mut conn)?.faults;
    if let Some(first) = faults.first().filter(|_| faults.len() > manifest.faults) {
        bail!("the database breaks rules that it kept, do not use it: {first}");
    }
    Ok(())
}

fn differing(said: &[Table], found: &[Table]) -> Vec<String> {
    let missing = said.iter().filter(|table| !found.contains(table));
    let more = found.iter().filter(|table| said.iter().all(|one| one.name != table.name));
    missing.chain(more).map(|table| table.name.clone()).collect()
}
