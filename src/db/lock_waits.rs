//! Who waits for whom in PostgreSQL at this moment. Whoever asks has to be an admin: that is the caller's to know.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use super::prepared::statement;
use crate::domain::wait::{Wait, WaitSide};

/// A connection that waits for a lock, or that another waits for.
#[derive(Debug, Clone, QueryableByName)]
pub struct Held {
    /// PostgreSQL's process.
    #[diesel(sql_type = Integer)]
    pub pid: i32,
    /// The processes that it waits for; none for one that works or sleeps on what others want.
    #[diesel(sql_type = Array<Integer>)]
    pub waits_for: Vec<i32>,
    /// What it does: `active`, `idle in transaction`.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// Its statement: the one that runs, or the last one.
    #[diesel(sql_type = Text)]
    pub query: String,
    /// How long its transaction has lasted, in milliseconds.
    #[diesel(sql_type = BigInt)]
    pub lasts: i64,
    /// How long it has waited, in milliseconds.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub waited: Option<i64>,
    /// What it waits for: a table's row, a table, the end of a transaction.
    #[diesel(sql_type = Nullable<Text>)]
    pub object: Option<String>,
    /// When its statement began: with the process, this names one wait.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub began: Option<DateTime<Utc>>,
    /// Whether it is one of this site's own.
    #[diesel(sql_type = Bool)]
    pub is_ours: bool,
}

/// All of them in this database, at most two hundred.
pub fn list(conn: &mut PgConnection) -> QueryResult<Vec<Held>> {
    let query = "WITH waiting AS MATERIALIZED (SELECT pid, pg_blocking_pids(pid) AS waits_for FROM pg_stat_activity \
            WHERE datname = current_database() AND wait_event_type = 'Lock'), \
        shown AS (SELECT pid FROM waiting UNION SELECT unnest(waits_for) FROM waiting) \
        SELECT a.pid, coalesce(w.waits_for, '{}') AS waits_for, coalesce(a.state, '') AS state, left(coalesce(a.query, ''), 2000) AS query, \
            coalesce(extract(epoch FROM clock_timestamp() - a.xact_start) * 1000, 0)::bigint AS lasts, \
            CASE WHEN w.pid IS NOT NULL THEN greatest(0, extract(epoch FROM clock_timestamp() - coalesce(l.waitstart, a.query_start)) * 1000)::bigint END \
                AS waited, \
            CASE l.locktype WHEN 'tuple' THEN 'row ' || l.page || ',' || l.tuple || ' of ' || l.relation::regclass \
                WHEN 'relation' THEN 'table ' || l.relation::regclass WHEN 'transactionid' THEN 'the end of a transaction that has changed its row' \
                WHEN 'advisory' THEN 'an advisory lock' ELSE l.locktype END AS object, \
            a.query_start AS began, a.usename = current_user AS is_ours \
        FROM shown s JOIN pg_stat_activity a ON a.pid = s.pid LEFT JOIN waiting w ON w.pid = s.pid \
        LEFT JOIN LATERAL (SELECT * FROM pg_locks k WHERE k.pid = s.pid AND NOT k.granted LIMIT 1) l ON true \
        ORDER BY a.xact_start NULLS LAST, a.pid LIMIT 200";
    statement(query).load(conn)
}

/// Ends a wait that was seen, if it still is that one and this site's own: the statement of who waits, or the transaction and
/// the connection of who holds. Answers whether anything was there to end.
pub fn end(conn: &mut PgConnection, wait: Wait) -> QueryResult<bool> {
    // found first, ended then: within one list of conditions the cheaper one would come first
    let (how, still) = match wait.side {
        WaitSide::Waits => ("pg_cancel_backend", "a.pid IN (SELECT w.pid FROM waiting w)"),
        WaitSide::Holds => {
            ("pg_terminate_backend", "a.pid IN (SELECT unnest(w.waits_for) FROM waiting w) AND a.pid NOT IN (SELECT w.pid FROM waiting w)")
        }
    };
    let ended = statement(format!(
        "WITH waiting AS MATERIALIZED (SELECT pid, pg_blocking_pids(pid) AS waits_for FROM pg_stat_activity \
            WHERE datname = current_database() AND wait_event_type = 'Lock'), \
        found AS MATERIALIZED (SELECT a.pid FROM pg_stat_activity a WHERE a.pid = $1 AND a.query_start = $2 \
            AND a.usename = current_user AND a.pid <> pg_backend_pid() AND {still}) \
        SELECT FROM found WHERE {how}(pid)"
    ));
    Ok(ended.bind::<Integer, _>(wait.pid).bind::<Timestamptz, _>(wait.began).execute(conn)? == 1)
}

/// Deadlocks that PostgreSQL has broken up in this database, and since when it counts.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Deadlocks {
    /// So many.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// Since the server began to count.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub since: Option<DateTime<Utc>>,
    /// The time now, by the database's clock.
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}

/// Reads them.
pub fn deadlocks(conn: &mut PgConnection) -> QueryResult<Deadlocks> {
    let query = "SELECT deadlocks AS count, coalesce(stats_reset, pg_postmaster_start_time()) AS since, clock_timestamp() AS now \
        FROM pg_stat_database WHERE datname = current_database()";
    statement(query).get_result(conn)
}
