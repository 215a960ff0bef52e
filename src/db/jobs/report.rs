//! Progress: written by the version that its reporter knew, and never back.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, SmallInt, Text};

use crate::db::prepared::statement;
use crate::db::{Fault, Tx};
use crate::domain::ids::JobId;
use crate::domain::job::Claim;

/// What a reporter knows of its job after a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Known {
    /// The version.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// Whether somebody asked that it stops.
    #[diesel(sql_type = Bool)]
    pub is_asked_to_stop: bool,
}

/// Keeps a report, if the claim holds and nobody reported since the version that is expected. What was reported before
/// and is further stays.
pub fn write_progress(conn: &mut PgConnection, claim: &Claim, expected: i32, progress: i16, step: &str) -> QueryResult<Option<Known>> {
    statement(
        "WITH moved AS (UPDATE jobs SET progress = greatest(progress, $4), step = $5, version = version + 1 \
            WHERE id = $1 AND lock_token = $2::uuid AND version = $3 AND status = 'RUNNING' RETURNING id, attempts, version, stop_asked_at), \
         told AS (INSERT INTO job_events (job_id, kind, attempt, version, progress, step) \
            SELECT id, 'PROGRESS', attempts, version, $4, $5 FROM moved) \
         SELECT version, stop_asked_at IS NOT NULL AS is_asked_to_stop FROM moved",
    )
    .bind::<BigInt, _>(claim.job)
    .bind::<Text, _>(claim.token.to_string())
    .bind::<Integer, _>(expected)
    .bind::<SmallInt, _>(progress)
    .bind::<Text, _>(step)
    .get_result(conn)
    .optional()
}

/// Keeps that somebody reported or ended a job and was refused: "expected version 5, found 7".
pub fn write_conflict(conn: &mut PgConnection, job: JobId, expected: i32, found: i32, what: &str) -> QueryResult<()> {
    statement(
        "INSERT INTO job_events (job_id, kind, attempt, version, found, step) \
         SELECT id, 'CONFLICT', attempts, $2, $3, $4 FROM jobs WHERE id = $1",
    )
    .bind::<BigInt, _>(job)
    .bind::<Integer, _>(expected)
    .bind::<Integer, _>(found)
    .bind::<Text, _>(what)
    .execute(conn)
    .map(drop)
}

/// Whether a claim holds, and goes on holding until this transaction ends: the first statement of a transaction whose
/// effects a worker that lost its job must not have.
///
/// # Errors
/// [`Fault::Busy`] if somebody is just ending the job.
pub fn fence(tx: &mut Tx<'_>, claim: &Claim) -> Result<bool, Fault> {
    let query = "SELECT version, stop_asked_at IS NOT NULL AS is_asked_to_stop FROM jobs WHERE id = $1 AND lock_token = $2::uuid FOR SHARE";
    let held: Option<Known> =
        statement(query).bind::<BigInt, _>(claim.job).bind::<Text, _>(claim.token.to_string()).get_result(&mut **tx).optional()?;
    Ok(held.is_some())
}
