//! Runs of the race lab that are kept.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Jsonb};
use serde_json::Value;

use crate::db::prepared::statement;
use crate::db::{Fault, Tx};
use crate::domain::race::RaceRun;
use crate::schema::race_runs;

/// Keeps a run whole; nothing changes it later.
///
/// # Errors
/// The database's.
pub fn write_run(tx: &mut Tx<'_>, run: &RaceRun) -> Result<(), Fault> {
    let result = serde_json::to_value(run).map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
    statement("INSERT INTO race_runs (wrong, result) VALUES ($1, $2)")
        .bind::<Integer, _>(i32::try_from(run.wrong()).unwrap_or(i32::MAX))
        .bind::<Jsonb, _>(result)
        .execute(&mut **tx)?;
    Ok(())
}

/// The last runs, newest first, with when they were. What an older program kept and this one cannot read is left out.
pub fn runs(conn: &mut PgConnection, most: i64) -> QueryResult<Vec<(DateTime<Utc>, RaceRun)>> {
    let kept: Vec<(DateTime<Utc>, Value)> =
        race_runs::table.order(race_runs::id.desc()).limit(most).select((race_runs::ran_at, race_runs::result)).load(conn)?;
    Ok(kept.into_iter().filter_map(|(at, run)| Some((at, serde_json::from_value(run).ok()?))).collect())
}
