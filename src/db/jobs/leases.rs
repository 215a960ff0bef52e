//! Leases: claims that are kept up, claims that were lost, and the words that workers look out for.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Text};

use super::LockedJob;
use crate::db::Tx;
use crate::db::prepared::statement;
use crate::domain::ids::JobId;
use crate::domain::job::{Claim, LEASE_SECONDS};

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: JobId,
}

fn ids(rows: Vec<Id>) -> Vec<JobId> {
    rows.into_iter().map(|row| row.id).collect()
}

/// Says that these are still worked on: their leases begin anew. Answers those whose claims hold; the others are lost.
pub fn beat(conn: &mut PgConnection, claims: &[Claim]) -> QueryResult<Vec<JobId>> {
    let query = statement(
        "UPDATE jobs SET heartbeat_at = clock_timestamp(), leased_until = clock_timestamp() + make_interval(secs => $3) \
         FROM unnest($1, $2::uuid[]) AS held (job, token) WHERE id = held.job AND lock_token = held.token RETURNING id",
    );
    let query = query
        .bind::<Array<BigInt>, _>(claims.iter().map(|claim| claim.job).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(claims.iter().map(|claim| claim.token.to_string()).collect::<Vec<_>>())
        .bind::<Integer, _>(LEASE_SECONDS);
    query.load(conn).map(ids)
}

/// Those of these jobs that somebody asked to stop.
pub fn asked_to_stop(conn: &mut PgConnection, jobs: &[JobId]) -> QueryResult<Vec<JobId>> {
    let query = statement("SELECT id FROM jobs WHERE id = ANY($1) AND status = 'RUNNING' AND stop_asked_at IS NOT NULL");
    query.bind::<Array<BigInt>, _>(jobs).load(conn).map(ids)
}

/// Jobs whose lease has run out, the longest first; not all at once.
pub fn lost(conn: &mut PgConnection) -> QueryResult<Vec<JobId>> {
    let query = "SELECT id FROM jobs WHERE status = 'RUNNING' AND leased_until < clock_timestamp() ORDER BY leased_until LIMIT 100";
    statement(query).load(conn).map(ids)
}

/// Whether a locked job's lease still runs: asked under the lock, since a heartbeat may have come before it.
pub fn is_leased(tx: &mut Tx<'_>, job: &LockedJob) -> QueryResult<bool> {
    let query = "SELECT leased_until >= clock_timestamp() AS is_so FROM jobs WHERE id = $1 AND leased_until IS NOT NULL";
    is_so(statement(query).bind::<BigInt, _>(job.id).get_result(&mut **tx))
}

/// Whether something waits whose time has come.
pub fn is_due(conn: &mut PgConnection) -> QueryResult<bool> {
    let query = "SELECT EXISTS (SELECT FROM jobs WHERE status = 'QUEUED' AND queue = 'HOUSE' AND run_at <= now()) AS is_so";
    is_so(statement(query).get_result(conn))
}

#[derive(QueryableByName)]
struct IsSo {
    #[diesel(sql_type = Bool)]
    is_so: bool,
}

fn is_so(row: QueryResult<IsSo>) -> QueryResult<bool> {
    Ok(row.optional()?.is_some_and(|row| row.is_so))
}
