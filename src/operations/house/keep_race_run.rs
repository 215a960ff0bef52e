//! Keeping what an attack came to.

use std::convert::Infallible;

use crate::db::{Connection, Failure, race, transaction};
use crate::domain::race::RaceRun;

/// Keeps a run of the race lab for those who keep the house.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn keep_race_run(conn: &mut Connection<'_>, run: &RaceRun) -> Result<(), Failure<Infallible>> {
    transaction(conn, |tx| Ok(race::write_run(tx, run)?))
}
