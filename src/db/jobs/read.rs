//! Jobs as pages show them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use serde_json::Value;

use crate::db::portion::Portion;
use crate::db::prepared::statement;
use crate::domain::ids::{JobId, OrganisationId, UserId};
use crate::domain::job::JobStatus;

/// So much of what was reported is shown, the newest of it.
const REPORTS: i64 = 200;

/// A job.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Shown {
    #[diesel(sql_type = BigInt)]
    pub id: JobId,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub organisation: Option<OrganisationId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub organisation_name: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub asked_by: Option<UserId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub asked_by_name: Option<String>,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Jsonb)]
    pub arguments: Value,
    #[diesel(sql_type = Text)]
    pub unique_key: String,
    #[diesel(sql_type = Timestamptz)]
    pub run_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub status: JobStatus,
    #[diesel(sql_type = Integer)]
    pub attempts: i32,
    #[diesel(sql_type = Integer)]
    pub most_attempts: i32,
    #[diesel(sql_type = Integer)]
    pub version: i32,
    #[diesel(sql_type = Nullable<Text>)]
    pub worker: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub heartbeat_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub stop_asked_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = SmallInt)]
    pub progress: i16,
    #[diesel(sql_type = Text)]
    pub step: String,
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub result: Option<Value>,
    #[diesel(sql_type = Nullable<Text>)]
    pub error: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub retry_of: Option<JobId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub retried_by: Option<JobId>,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub started_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub ended_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}

const SHOWN: &str = "SELECT j.id, j.organisation_id AS organisation, o.name AS organisation_name, j.asked_by, u.name AS asked_by_name, \
    j.kind, j.arguments, j.unique_key, j.run_at, j.status, j.attempts, j.most_attempts, j.version, j.worker, j.heartbeat_at, j.stop_asked_at, \
    j.progress, j.step, j.result, j.error, j.retry_of, (SELECT r.id FROM jobs r WHERE r.retry_of = j.id) AS retried_by, j.created_at, \
    j.started_at, j.ended_at, now() AS now \
    FROM jobs j LEFT JOIN organisations o ON o.id = j.organisation_id LEFT JOIN users u ON u.id = j.asked_by";

/// One job. Who may see it is the caller's to ask.
pub fn shown(conn: &mut PgConnection, id: JobId) -> QueryResult<Option<Shown>> {
    statement(format!("{SHOWN} WHERE j.id = $1")).bind::<BigInt, _>(id).get_result(conn).optional()
}

/// A portion of all jobs, newest first, those of a state alone if one is given; and whether there are more.
pub fn list(conn: &mut PgConnection, status: Option<JobStatus>, after: Option<JobId>, portion: Portion) -> QueryResult<(Vec<Shown>, bool)> {
    let after = after.unwrap_or(JobId(i64::MAX));
    // Five words and no others, written out: the indexes of those states that are rare know no value that comes later.
    let of = status.map(|status| format!("j.status = '{status}' AND")).unwrap_or_default();
    let query = statement(format!("{SHOWN} WHERE {of} j.id < $1 ORDER BY j.id DESC LIMIT $2"));
    Ok(portion.cut(query.bind::<BigInt, _>(after).bind::<BigInt, _>(portion.read()).load(conn)?))
}

/// The same of one organisation's own. Whether the reader belongs to it is the caller's to ask.
pub fn of_organisation(conn: &mut PgConnection, organisation: OrganisationId, after: Option<JobId>) -> QueryResult<(Vec<Shown>, bool)> {
    let query = statement(format!("{SHOWN} WHERE j.organisation_id = $1 AND j.id < $2 ORDER BY j.id DESC LIMIT $3"));
    let after = after.unwrap_or(JobId(i64::MAX));
    let query = query.bind::<BigInt, _>(organisation).bind::<BigInt, _>(after).bind::<BigInt, _>(Portion::Page.read());
    Ok(Portion::Page.cut(query.load(conn)?))
}

/// Something that was reported of a job.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Reported {
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Integer)]
    pub attempt: i32,
    #[diesel(sql_type = Integer)]
    pub version: i32,
    #[diesel(sql_type = Nullable<Integer>)]
    pub found: Option<i32>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub progress: Option<i16>,
    #[diesel(sql_type = Nullable<Text>)]
    pub step: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub error: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub worker: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub actor: Option<String>,
}

/// What was reported of a job, newest first.
pub fn reports(conn: &mut PgConnection, id: JobId) -> QueryResult<Vec<Reported>> {
    statement(
        "SELECT e.at, e.kind, e.attempt, e.version, e.found, e.progress, e.step, e.error, e.worker, u.name AS actor \
         FROM job_events e LEFT JOIN users u ON u.id = e.actor_id WHERE e.job_id = $1 ORDER BY e.id DESC LIMIT $2",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(REPORTS)
    .load(conn)
}

/// How one kind of job stands.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Kind {
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    #[diesel(sql_type = BigInt)]
    pub running: i64,
    /// In the last day.
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    /// Since when the one that waits longest could have begun.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}

/// Each kind that waits, runs, or failed in the last day.
pub fn kinds(conn: &mut PgConnection) -> QueryResult<Vec<Kind>> {
    statement(
        "SELECT kind, count(*) FILTER (WHERE status = 'QUEUED') AS waiting, count(*) FILTER (WHERE status = 'RUNNING') AS running, \
            count(*) FILTER (WHERE status = 'FAILED') AS failed, min(run_at) FILTER (WHERE status = 'QUEUED' AND run_at <= now()) AS oldest, \
            now() AS now \
         FROM jobs WHERE status = 'QUEUED' OR status = 'RUNNING' OR status = 'FAILED' AND ended_at > now() - interval '1 day' \
         GROUP BY kind ORDER BY kind",
    )
    .load(conn)
}

/// What was done in one hour.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Hour {
    #[diesel(sql_type = Timestamptz)]
    pub begins: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub completed: i64,
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    /// Milliseconds from when a job could have begun until its last attempt did: half of them, and all but one in a hundred.
    #[diesel(sql_type = BigInt)]
    pub median: i64,
    #[diesel(sql_type = BigInt)]
    pub p99: i64,
}

/// The last 24 hours, the one that runs now among them.
pub fn hours(conn: &mut PgConnection) -> QueryResult<Vec<Hour>> {
    statement(
        "SELECT h AS begins, count(j.id) FILTER (WHERE j.status = 'COMPLETED') AS completed, count(j.id) FILTER (WHERE j.status = 'FAILED') AS failed, \
            coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY waited), 0) AS median, \
            coalesce(percentile_disc(0.99) WITHIN GROUP (ORDER BY waited), 0) AS p99 \
         FROM generate_series(date_trunc('hour', now()) - interval '23 hours', now(), interval '1 hour') AS h \
         LEFT JOIN LATERAL (SELECT id, status, greatest(0, extract(epoch FROM started_at - run_at) * 1000)::bigint AS waited FROM jobs \
            WHERE ended_at >= h AND ended_at < h + interval '1 hour') AS j ON true \
         GROUP BY h ORDER BY h",
    )
    .load(conn)
}

/// How often in the last day somebody reported or ended a job after somebody else had.
pub fn conflicts(conn: &mut PgConnection) -> QueryResult<i64> {
    use crate::schema::job_events::dsl::{at, job_events, kind};
    let day = crate::db::prepared::literal::<Timestamptz>("now() - interval '1 day'");
    job_events.filter(kind.eq(crate::db::prepared::literal::<Text>("'CONFLICT'"))).filter(at.gt(day)).count().get_result(conn)
}
