//! `guildhall migrate`.

use std::io::Write;

use super::settings::DatabaseSettings;
use super::start;

/// Brings the schema up to date and says so.
pub fn run(settings: &DatabaseSettings) -> anyhow::Result<()> {
    let ground = start::ground(settings)?;
    writeln!(std::io::stdout(), "The database's schema is up to date.")?;
    ground.stop()
}
