//! Claiming the next job.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Jsonb, Nullable, Text};
use serde_json::Value;
use uuid::Uuid;

use crate::db::prepared::{Statement, statement};
use crate::domain::ids::{JobId, OrganisationId, UserId};
use crate::domain::job::{Claim, LEASE_SECONDS};

/// A job that was claimed, with what its worker needs to know.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// What proves the claim.
    pub claim: Claim,
    /// The job's version by this claim.
    pub version: i32,
    /// The how-manieth attempt this is.
    pub attempt: i32,
    /// Whose it is.
    pub organisation: Option<OrganisationId>,
    /// Who asked for it.
    pub asked_by: Option<UserId>,
    /// What there is to do.
    pub kind: String,
    /// Its arguments.
    pub arguments: Value,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: JobId,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    organisation_id: Option<OrganisationId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    asked_by: Option<UserId>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Jsonb)]
    arguments: Value,
}

/// Claims the next job of these kinds for one of the house's workers, passing by what another is just claiming: nobody
/// waits for anybody. One statement; the row is locked before it is changed, and the change is what the claim is.
pub fn claim(conn: &mut PgConnection, kinds: &[&str], worker: &str) -> QueryResult<Option<Claimed>> {
    let waiting = "queue = 'HOUSE' AND kind = ANY($1)";
    take(conn, waiting, worker, |query| query.bind::<Array<Text>, _>(kinds))
}

/// The same for a runner of an organisation's own: its jobs alone, of any kind.
pub fn claim_for_runner(conn: &mut PgConnection, organisation: OrganisationId, runner: &str) -> QueryResult<Option<Claimed>> {
    let waiting = "queue = 'RUNNERS' AND organisation_id = $1";
    take(conn, waiting, runner, |query| query.bind::<BigInt, _>(organisation))
}

/// Takes the next one of those that wait; the first value says which.
fn take<'v>(
    conn: &mut PgConnection,
    waiting: &'static str,
    worker: &str,
    first: impl FnOnce(Statement<'v>) -> Statement<'v>,
) -> QueryResult<Option<Claimed>> {
    let token = Uuid::new_v4();
    let query = statement(format!(
        "WITH next AS (SELECT id FROM jobs WHERE status = 'QUEUED' AND {waiting} AND run_at <= now() \
            ORDER BY priority, run_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED), \
         taken AS (UPDATE jobs SET status = 'RUNNING', attempts = attempts + 1, version = version + 1, lock_token = $2::uuid, worker = $3, \
            heartbeat_at = clock_timestamp(), leased_until = clock_timestamp() + make_interval(secs => $4), started_at = clock_timestamp(), \
            progress = 0, step = '' FROM next WHERE jobs.id = next.id \
            RETURNING jobs.id, version, attempts, organisation_id, asked_by, kind, arguments), \
         told AS (INSERT INTO job_events (job_id, kind, attempt, version, worker) SELECT id, 'CLAIMED', attempts, version, $3 FROM taken) \
         SELECT * FROM taken"
    ));
    let query = first(query).bind::<Text, _>(token.to_string()).bind::<Text, _>(worker.to_owned()).bind::<Integer, _>(LEASE_SECONDS);
    let row: Option<Row> = query.get_result(conn).optional()?;
    Ok(row.map(|row| Claimed {
        claim: Claim { job: row.id, token },
        version: row.version,
        attempt: row.attempts,
        organisation: row.organisation_id,
        asked_by: row.asked_by,
        kind: row.kind,
        arguments: row.arguments,
    }))
}
