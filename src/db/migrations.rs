//! The schema's migrations: in the binary, run at start under a lock.

use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Names this set of migrations: the tests' template database is called by it.
pub const HASH: &str = env!("MIGRATIONS_HASH");

/// Taken while migrations run, so that ten processes may start at once: Diesel itself takes no lock.
const LOCK: i64 = 0x4775_696c_6468_616c;

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationFailed {
    /// No connection.
    #[error("the database cannot be reached: {0}")]
    Unreachable(#[from] ConnectionError),
    /// A migration, or the lock around it.
    #[error("the database's schema could not be brought up to date: {0}")]
    Failed(String),
}

/// Brings a database's schema up to date; does nothing where it is.
pub fn run(url: &str) -> Result<(), MigrationFailed> {
    with_lock(url, |conn| conn.run_pending_migrations(MIGRATIONS).map(drop))
}

/// Takes all migrations back, which empties the database. For tests of the migrations themselves.
pub fn revert_all(url: &str) -> Result<(), MigrationFailed> {
    with_lock(url, |conn| conn.revert_all_migrations(MIGRATIONS).map(drop))
}

fn with_lock(url: &str, work: impl FnOnce(&mut PgConnection) -> diesel::migration::Result<()>) -> Result<(), MigrationFailed> {
    let mut conn = PgConnection::establish(url)?;
    let failed = |error: &dyn std::fmt::Display| MigrationFailed::Failed(error.to_string());
    // Given back as the connection closes.
    diesel::sql_query("SELECT pg_advisory_lock($1)")
        .bind::<diesel::sql_types::BigInt, _>(LOCK)
        .execute(&mut conn)
        .map_err(|error| failed(&error))?;
    work(&mut conn).map_err(|error| failed(&error))
}
