//! What a backup says of itself.

use serde::{Deserialize, Serialize};

use crate::db::backup::Table;

/// The version of the backup's own form.
pub const FORMAT: u32 = 1;

/// What the restored house is held against.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The form: [`FORMAT`].
    pub format: u32,
    /// The Guildhall that wrote it.
    pub program: String,
    /// PostgreSQL's major version there.
    pub postgres: u32,
    /// When, as RFC 3339 in UTC.
    pub made_at: String,
    /// The migrations that had been run.
    pub migrations: Vec<String>,
    /// What each table held.
    pub tables: Vec<Table>,
    /// Where the files' bytes were, each an entry `files/PLACE`.
    pub files: Vec<String>,
    /// Files whose bytes were not there: they are as gone afterwards as they were.
    pub gone: Vec<String>,
    /// How many faults `verify` found. A backup is no place to mend them.
    pub faults: usize,
}

impl Manifest {
    /// All rows.
    pub fn rows(&self) -> i64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}
