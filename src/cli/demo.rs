//! `guildhall demo`.

use std::fmt::Write as _;

use super::serve;
use super::settings::ServeSettings;
use super::start::{self, Ground};
use crate::db::migrations;
use crate::demo;
use crate::domain::user::Vault;
use crate::operations::people::Passwords;
use crate::storage::Storage;

/// Serves sample data from a database of its own in the private PostgreSQL, whatever DATABASE_URL says: samples never
/// mix with what is real. They are loaded once.
pub fn run(settings: &ServeSettings) -> anyhow::Result<()> {
    let listener = start::listener(settings)?;
    let cluster = start::private_cluster(&settings.database)?;
    // samples never mix with what is real, nor do their files
    let storage = Storage::folder(&settings.database.data.join("demo-files"))?;
    let url = cluster.database_filled("demo", |url| -> anyhow::Result<()> {
        tracing::info!("loading the sample data");
        migrations::run(url)?;
        let system = actix_web::rt::System::new();
        let hash = system.block_on(Passwords::default().hash(demo::PASSWORD))?;
        demo::fill(url, &hash)?;
        demo::fill_second_factors(url, &Vault::new(start::cookie_key(settings)?.encryption()))?;
        demo::fill_files(url, |place, bytes| Ok(system.block_on(storage.put(place, bytes))?))
    })?;
    migrations::run(&url)?;
    serve::serve(settings, listener, Ground { url, cluster: Some(cluster) }, storage, &sign_ins())
}

fn sign_ins() -> String {
    let mut words = format!("\n\nSign in with the password {} as\n", demo::PASSWORD);
    for (who, email) in demo::sign_ins() {
        // Writing to a String does not fail.
        let _ = writeln!(words, "  {email:<26} {who}");
    }
    words.push_str("\nCtrl-C stops everything.");
    words
}
