//! `guildhall verify`.

use std::io::Write;
use std::process::ExitCode;

use diesel::pg::PgConnection;

use super::settings::DatabaseSettings;
use super::start;
use crate::db::verify::{Noted, verify_with};

/// Checks every chain and every rule of the database as it stands, without changing it (the schema neither).
/// The answer is 0 if all holds, 1 if something does not.
pub fn run(settings: &DatabaseSettings, demo: bool, noted: &[Noted]) -> anyhow::Result<ExitCode> {
    let ground = start::existing(settings, demo)?;
    let mut conn = <PgConnection as diesel::Connection>::establish(&ground.url)?;
    let report = verify_with(&mut conn, noted)?;
    drop(conn);
    writeln!(std::io::stdout(), "{report}")?;
    ground.stop()?;
    Ok(if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
