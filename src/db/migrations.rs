//! The schema's migrations: in the binary, run at start under a lock.

use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::result::Error;
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

/// How a database's schema stands to this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Migrations of this program that were not run there.
    pub pending: usize,
    /// Migrations that were run there and that this program does not know.
    pub unknown: usize,
    /// Migrations that both have.
    pub shared: usize,
}

/// Compares without changing anything: a database that was never migrated stays as it is.
///
/// # Errors
/// If that cannot be read.
pub fn standing(conn: &mut PgConnection) -> QueryResult<Standing> {
    #[derive(QueryableByName)]
    struct Ran {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
    }
    let is_there = "SELECT tablename::text AS version FROM pg_tables \
        WHERE schemaname = current_schema() AND tablename = '__diesel_schema_migrations'";
    let ran: Vec<Ran> = match diesel::sql_query(is_there).get_result::<Ran>(conn).optional()? {
        Some(_) => diesel::sql_query("SELECT version::text FROM __diesel_schema_migrations").load(conn)?,
        None => Vec::new(),
    };
    let ours = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(Error::QueryBuilderError)?;
    let is_run = |version: &str| ran.iter().any(|one| one.version == version);
    let shared = ours.iter().filter(|one| is_run(&one.name().version().to_string())).count();
    Ok(Standing { pending: ours.len() - shared, unknown: ran.len() - shared, shared })
}

/// How many of these migrations, which were run somewhere, this program does not know.
///
/// # Errors
/// If its own cannot be read.
pub fn unknown(ran: &[String]) -> QueryResult<usize> {
    let ours = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(Error::QueryBuilderError)?;
    let known: Vec<String> = ours.iter().map(|one| one.name().version().to_string()).collect();
    Ok(ran.iter().filter(|one| !known.contains(one)).count())
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
