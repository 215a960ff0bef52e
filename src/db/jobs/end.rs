//! Ending a job, putting it back and stopping it: under its row's lock.

use std::ops::Deref;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Double, Integer, Jsonb, Nullable, Text};
use serde_json::Value;

use super::{COLUMNS, Row};
use crate::db::failure::count;
use crate::db::prepared::statement;
use crate::db::{Fault, Tx};
use crate::domain::ids::JobId;
use crate::domain::job::{Claim, Job, Move};

/// A job whose row this transaction has locked: what [`write`] asks for.
#[derive(Debug)]
pub struct LockedJob(Job);

impl Deref for LockedJob {
    type Target = Job;
    fn deref(&self) -> &Job {
        &self.0
    }
}

/// Locks a job FOR UPDATE: the last lock of any transaction.
///
/// # Errors
/// [`Fault::Busy`] if somebody holds it for too long.
pub fn lock(tx: &mut Tx<'_>, id: JobId) -> Result<Option<LockedJob>, Fault> {
    let row: Option<Row> = statement(format!("{COLUMNS} FOR UPDATE")).bind::<BigInt, _>(id).get_result(&mut **tx).optional()?;
    Ok(row.map(|row| LockedJob(row.into())))
}

/// Completes the job of a claim that holds, in one statement: the row is locked as it is changed, and the old state and the
/// token are stated. `false` where they are others; then [`lock`] and the decision tell why.
pub fn write_completed(conn: &mut PgConnection, claim: &Claim, result: &Value) -> QueryResult<bool> {
    let wrote = statement(
        "WITH moved AS (UPDATE jobs SET version = version + 1, status = 'COMPLETED', result = $3, progress = 100, lock_token = NULL, \
            worker = NULL, heartbeat_at = NULL, leased_until = NULL, ended_at = clock_timestamp() \
            WHERE id = $1 AND status = 'RUNNING' AND lock_token = $2::uuid RETURNING id, attempts, version) \
         INSERT INTO job_events (job_id, kind, attempt, version) SELECT id, 'COMPLETED', attempts, version FROM moved",
    )
    .bind::<BigInt, _>(claim.job)
    .bind::<Text, _>(claim.token.to_string())
    .bind::<Jsonb, _>(result)
    .execute(conn)?;
    Ok(wrote == 1)
}

/// Writes a decision, with what is kept of it. Answers the version that the job has then.
///
/// # Errors
/// [`Fault::Miscounted`] if the row is not as it was locked, which only raw SQL could do.
pub fn write(tx: &mut Tx<'_>, job: &LockedJob, what: &Move) -> Result<i32, Fault> {
    let report = what.report();
    let wrote = statement(
        "WITH moved AS (UPDATE jobs SET version = version + 1, status = $3, result = $4, error = coalesce($5, error), \
            run_at = CASE WHEN $6 > 0 THEN clock_timestamp() + make_interval(secs => $6) ELSE run_at END, attempts = attempts - $7, \
            progress = CASE $3 WHEN 'COMPLETED' THEN 100 ELSE progress END, \
            lock_token = CASE $3 WHEN 'RUNNING' THEN lock_token END, worker = CASE $3 WHEN 'RUNNING' THEN worker END, \
            heartbeat_at = CASE $3 WHEN 'RUNNING' THEN heartbeat_at END, leased_until = CASE $3 WHEN 'RUNNING' THEN leased_until END, \
            stop_asked_at = CASE WHEN $8 THEN clock_timestamp() ELSE stop_asked_at END, \
            stop_asked_by = CASE WHEN $8 THEN $9 ELSE stop_asked_by END, \
            ended_at = CASE WHEN $3 IN ('COMPLETED', 'FAILED', 'CANCELLED') THEN clock_timestamp() END \
            WHERE id = $1 AND version = $2 RETURNING id, version) \
         INSERT INTO job_events (job_id, kind, attempt, version, error, actor_id) SELECT id, $10, $11, version, $5, $9 FROM moved",
    )
    .bind::<BigInt, _>(job.id)
    .bind::<Integer, _>(job.version)
    .bind::<Text, _>(report.status)
    .bind::<Nullable<Jsonb>, _>(report.result)
    .bind::<Nullable<Text>, _>(report.error)
    .bind::<Double, _>(report.after.as_secs_f64())
    .bind::<Integer, _>(report.uncounted)
    .bind::<Bool, _>(report.asks_to_stop)
    .bind::<Nullable<BigInt>, _>(report.by)
    .bind::<Text, _>(report.kind)
    .bind::<Integer, _>(job.attempts)
    .execute(&mut **tx)?;
    count("jobs moved", 1, wrote)?;
    if report.status == crate::domain::job::JobStatus::Queued {
        tx.has_jobs();
    }
    Ok(job.version + 1)
}
