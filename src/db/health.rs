//! What the server and the workers are like at this moment, for those who keep the house.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};

use super::prepared::statement;

/// The server.
#[derive(Debug, Clone, QueryableByName)]
pub struct Server {
    /// `15.14`.
    #[diesel(sql_type = Text)]
    pub version: String,
    /// Its clock.
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
    /// Since when it runs.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
    /// How many connections it allows.
    #[diesel(sql_type = Integer)]
    pub most: i32,
    /// How many there are to this database, of all processes.
    #[diesel(sql_type = BigInt)]
    pub connections: i64,
    /// How large the database is, in bytes.
    #[diesel(sql_type = BigInt)]
    pub bytes: i64,
    /// When the newest migration ran.
    #[diesel(sql_type = Nullable<Text>)]
    pub schema: Option<String>,
    /// Jobs of the house that failed within a day.
    #[diesel(sql_type = BigInt)]
    pub jobs_failed: i64,
    /// Letters that could not be delivered.
    #[diesel(sql_type = BigInt)]
    pub mails_failed: i64,
}

/// Asks it.
pub fn server(conn: &mut PgConnection) -> QueryResult<Server> {
    statement(
        "SELECT current_setting('server_version') AS version, clock_timestamp() AS now, pg_postmaster_start_time() AS since, \
            current_setting('max_connections')::integer AS most, \
            (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections, \
            pg_database_size(current_database()) AS bytes, (SELECT max(version)::text FROM __diesel_schema_migrations) AS schema, \
            (SELECT count(*) FROM jobs WHERE status = 'FAILED' AND ended_at > now() - interval '1 day') AS jobs_failed, \
            (SELECT count(*) FROM mails WHERE state = 'FAILED') AS mails_failed",
    )
    .get_result(conn)
}

/// A worker that works on something.
#[derive(Debug, Clone, QueryableByName)]
pub struct Worker {
    /// Which.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// On how many jobs.
    #[diesel(sql_type = BigInt)]
    pub jobs: i64,
    /// When it was last heard of, about whichever.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub heard_at: Option<DateTime<Utc>>,
}

/// Those that work at this moment, by name.
pub fn workers(conn: &mut PgConnection) -> QueryResult<Vec<Worker>> {
    statement(
        "SELECT coalesce(worker, 'nobody') AS name, count(*) AS jobs, max(heartbeat_at) AS heard_at FROM jobs WHERE status = 'RUNNING' \
         GROUP BY 1 ORDER BY 1 LIMIT 100",
    )
    .load(conn)
}
