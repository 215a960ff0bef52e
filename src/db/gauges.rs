//! How it stands at this moment, as whoever watches the house from outside wants it: queues, waits, locks.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double};

use super::prepared::statement;

/// The figures of one moment.
#[derive(Debug, Clone, Copy, PartialEq, QueryableByName)]
pub struct Gauges {
    /// Jobs of the house, not of organisations' own runners, that could begin now.
    #[diesel(sql_type = BigInt)]
    pub jobs_due: i64,
    /// Jobs that somebody works on.
    #[diesel(sql_type = BigInt)]
    pub jobs_running: i64,
    /// For how many seconds the first of those that could begin has waited.
    #[diesel(sql_type = Double)]
    pub jobs_oldest_due: f64,
    /// Reports refused within a day because another had overtaken them.
    #[diesel(sql_type = BigInt)]
    pub job_conflicts: i64,
    /// Letters that could leave now.
    #[diesel(sql_type = BigInt)]
    pub mails_due: i64,
    /// For how many seconds the first of them has waited.
    #[diesel(sql_type = Double)]
    pub mails_oldest_due: f64,
    /// Locks by name that somebody holds.
    #[diesel(sql_type = BigInt)]
    pub named_locks_held: i64,
    /// How often one was ever taken.
    #[diesel(sql_type = BigInt)]
    pub named_locks_taken: i64,
    /// How often somebody gave up waiting for one.
    #[diesel(sql_type = BigInt)]
    pub named_locks_timed_out: i64,
    /// Connections of this database that wait for a lock of PostgreSQL's.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// Deadlocks that PostgreSQL broke up since it began to count.
    #[diesel(sql_type = BigInt)]
    pub deadlocks: i64,
}

/// Reads them, by one statement over small indexes.
pub fn read(conn: &mut PgConnection) -> QueryResult<Gauges> {
    statement(
        "WITH due AS (SELECT count(*) AS count, coalesce(extract(epoch FROM clock_timestamp() - min(run_at)), 0)::float8 AS oldest \
                FROM jobs WHERE status = 'QUEUED' AND queue = 'HOUSE' AND run_at <= clock_timestamp()), \
            letters AS (SELECT count(*) AS count, coalesce(extract(epoch FROM clock_timestamp() - min(due_at)), 0)::float8 AS oldest \
                FROM mails WHERE state IN ('WAITING', 'SENDING') AND due_at <= clock_timestamp()), \
            named AS (SELECT count(holder) AS held, coalesce(sum(taken), 0)::bigint AS taken, coalesce(sum(timed_out), 0)::bigint AS timed_out \
                FROM named_locks) \
        SELECT due.count AS jobs_due, (SELECT count(*) FROM jobs WHERE status = 'RUNNING') AS jobs_running, due.oldest AS jobs_oldest_due, \
            (SELECT count(*) FROM job_events WHERE kind = 'CONFLICT' AND at > clock_timestamp() - interval '1 day') AS job_conflicts, \
            letters.count AS mails_due, letters.oldest AS mails_oldest_due, \
            named.held AS named_locks_held, named.taken AS named_locks_taken, named.timed_out AS named_locks_timed_out, \
            (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waiting, \
            (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()) AS deadlocks \
        FROM due, letters, named",
    )
    .get_result(conn)
}
