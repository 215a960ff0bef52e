//! Looks whether all that is kept is still as the program wrote it: every stream's chain, every rule that must hold
//! between rows, and every guard that the migrations put up.
//!
//! What this can show, and what it cannot: a changed byte, a removed event, a cut tail, rows that contradict each
//! other, a guard that was taken down. It cannot show that somebody with all rights over the database rewrote a whole
//! chain *and* its root, because the new chain is sound in itself; nor that a stream was removed together with its
//! root. Whoever notes a head elsewhere (the history page shows it) closes that gap up to the moment of noting: see
//! [`Noted`]. The words of a CHECK are not compared, only that it stands and was validated.

mod chains;
mod contracts;
mod guards;
mod house;
mod jobs;
mod money;
mod noted;
mod reviews;
mod rules;
mod talk;

use std::fmt;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

pub use guards::{guards, supports};
pub use noted::{Noted, NotedWrong};

/// What was looked at and what was wrong.
#[derive(Debug, Default)]
pub struct Report {
    /// How much was looked at.
    pub checked: Checked,
    /// What is wrong, in the order in which it was found; empty: nothing.
    pub faults: Vec<Fault>,
}

/// How much was looked at.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// Events whose hash was computed anew.
    pub events: u64,
    /// Streams that they stand in.
    pub streams: u64,
    /// Rules between rows.
    pub rules: usize,
    /// Named constraints, triggers, unique indexes and functions of the migrations.
    pub guards: usize,
    /// Heads that somebody had noted elsewhere.
    pub noted: usize,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which check found it: a name to search for.
    pub check: &'static str,
    /// What it is about, with ids.
    pub at: String,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.check, self.at, self.what)
    }
}

impl fmt::Display for Report {
    /// One line for each fault, and one that sums up.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "{fault}")?;
        }
        let Checked { events, streams, rules, guards, noted } = self.checked;
        write!(f, "{events} events in {streams} streams, {rules} rules, {guards} guards, {noted} noted heads: ")?;
        match self.faults.len() {
            0 => f.write_str("nothing wrong"),
            1 => f.write_str("1 fault"),
            many => write!(f, "{many} faults"),
        }
    }
}

impl Report {
    fn fault(&mut self, check: &'static str, at: impl Into<String>, what: impl Into<String>) {
        self.faults.push(Fault { check, at: at.into(), what: what.into() });
    }
}

/// Looks at everything, as of one moment: what others write meanwhile neither disturbs nor is disturbed. Memory does
/// not grow with the number of events.
///
/// # Errors
/// If the database cannot be read to the end; then nothing is known.
pub fn verify(conn: &mut PgConnection) -> QueryResult<Report> {
    verify_with(conn, &[])
}

/// The same, and whether the chains still pass through heads that were noted elsewhere.
///
/// # Errors
/// As [`verify`].
pub fn verify_with(conn: &mut PgConnection, noted: &[Noted]) -> QueryResult<Report> {
    as_of_one_moment(conn, |conn, report| {
        *report = verify_here(conn)?;
        noted::check(conn, noted, report)
    })
}

/// Looks at the chains of events alone.
///
/// # Errors
/// As [`verify`].
pub fn verify_chains(conn: &mut PgConnection) -> QueryResult<Report> {
    as_of_one_moment(conn, chains::check)
}

fn as_of_one_moment(conn: &mut PgConnection, look: impl FnOnce(&mut PgConnection, &mut Report) -> QueryResult<()>) -> QueryResult<Report> {
    conn.build_transaction().repeatable_read().read_only().run(|conn| {
        conn.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")?;
        let mut report = Report::default();
        look(conn, &mut report)?;
        Ok(report)
    })
}

/// The same inside a transaction in which everything is seen as of one moment, and which nothing cuts short.
///
/// # Errors
/// As [`verify`].
pub fn verify_here(conn: &mut PgConnection) -> QueryResult<Report> {
    let mut report = Report::default();
    guards::check(conn, &mut report)?;
    rules::check(conn, &mut report)?;
    chains::check(conn, &mut report)?;
    Ok(report)
}
