//! How the house stands as a whole. Whoever asks has to be an admin: that is the caller's to know.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text, Timestamptz};

use super::prepared::statement;

/// Five figures, and what time it is.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Figures {
    /// Projects that take proposals.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    /// Proposals sent in a day and a night.
    #[diesel(sql_type = BigInt)]
    pub proposals: i64,
    /// Contracts that run or rest.
    #[diesel(sql_type = BigInt)]
    pub contracts: i64,
    /// People who are signed in somewhere.
    #[diesel(sql_type = BigInt)]
    pub signed_in: i64,
    /// Background jobs that wait.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// By the database's clock.
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}

/// Reads them.
pub fn figures(conn: &mut PgConnection) -> QueryResult<Figures> {
    statement(
        "SELECT (SELECT count(*) FROM projects WHERE status = 'OPEN') AS open, \
            (SELECT count(*) FROM events WHERE kind = 'PROPOSAL_SUBMITTED' AND at > now() - interval '1 day') AS proposals, \
            (SELECT count(*) FROM contracts WHERE status IN ('ACTIVE', 'PAUSED')) AS contracts, \
            (SELECT count(DISTINCT user_id) FROM sessions WHERE expires_at > now()) AS signed_in, \
            (SELECT count(*) FROM jobs WHERE status = 'QUEUED') AS waiting, clock_timestamp() AS now",
    )
    .get_result(conn)
}

/// Something of which there is some that needs an admin.
#[derive(Debug, Clone, QueryableByName)]
pub struct Need {
    /// What: `OVERDUE`, `NEW`, `JOBS`, `LETTERS`, `CALLS`, `REPORTS`, `ABUSE`.
    #[diesel(sql_type = Text)]
    pub what: String,
    /// So many.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// Since when the oldest of them has waited.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
}

/// All that needs somebody, what has waited longest first. What failed is named for a week.
pub fn needs(conn: &mut PgConnection) -> QueryResult<Vec<Need>> {
    statement(
        "SELECT what, count, since FROM ( \
            SELECT 'OVERDUE' AS what, count(*), min(due_at) AS since FROM tickets WHERE status IN ('NEW', 'OPEN') AND due_at < now() \
            UNION ALL SELECT 'NEW', count(*), min(opened_at) FROM tickets WHERE status = 'NEW' AND due_at >= now() \
            UNION ALL SELECT 'JOBS', count(*), min(ended_at) FROM jobs j WHERE status = 'FAILED' AND ended_at > now() - interval '7 days' \
                AND NOT EXISTS (SELECT FROM jobs a WHERE a.retry_of = j.id) \
            UNION ALL SELECT 'LETTERS', count(*), min(made_at) FROM mails WHERE state = 'FAILED' AND made_at > now() - interval '7 days' \
            UNION ALL SELECT 'CALLS', count(*), min(d.created_at) FROM webhook_deliveries d JOIN webhooks h ON h.id = d.hook_id \
                WHERE h.removed_at IS NULL AND d.delivered_at IS NULL AND d.tried_at IS NOT NULL \
                    AND d.created_at BETWEEN now() - interval '7 days' AND now() - interval '2 hours' \
            UNION ALL SELECT 'REPORTS', count(*), min(reported_at) FROM message_reports WHERE reported_at > now() - interval '7 days' \
            UNION ALL SELECT 'ABUSE', count(*), min(reported_at) FROM abuse_reports WHERE settled_at IS NULL) AS all_of_it \
         WHERE count > 0 ORDER BY since",
    )
    .load(conn)
}

/// One day of the site.
#[derive(Debug, Clone, Copy, QueryableByName)]
#[expect(missing_docs, reason = "named as what is counted")]
pub struct Day {
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    #[diesel(sql_type = BigInt)]
    pub proposals: i64,
    #[diesel(sql_type = BigInt)]
    pub published: i64,
    #[diesel(sql_type = BigInt)]
    pub awards: i64,
}

/// The last 24 days by the calendar of a time zone, today among them.
pub fn days(conn: &mut PgConnection, zone: &str) -> QueryResult<Vec<Day>> {
    statement(
        "SELECT d::date AS day, count(e.kind) FILTER (WHERE e.kind = 'PROPOSAL_SUBMITTED') AS proposals, \
            count(e.kind) FILTER (WHERE e.kind = 'PROJECT_PUBLISHED') AS published, \
            count(e.kind) FILTER (WHERE e.kind = 'PROPOSAL_ACCEPTED') AS awards \
         FROM generate_series(date_trunc('day', now() AT TIME ZONE $1) - interval '23 days', now() AT TIME ZONE $1, interval '1 day') AS d \
         LEFT JOIN LATERAL (SELECT kind FROM events WHERE kind IN ('PROPOSAL_SUBMITTED', 'PROJECT_PUBLISHED', 'PROPOSAL_ACCEPTED') \
            AND at >= d AT TIME ZONE $1 AND at < (d + interval '1 day') AT TIME ZONE $1) AS e ON true \
         GROUP BY d ORDER BY d",
    )
    .bind::<Text, _>(zone)
    .load(conn)
}
