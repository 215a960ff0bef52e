//! Named locks, for whoever watches them. Who may is the caller's to ask.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};

use crate::db::prepared::statement;
use crate::domain::named_lock::LockKind;

/// A lock that was ever taken.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Known {
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub kind: LockKind,
    #[diesel(sql_type = Nullable<Text>)]
    pub holder: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub taken_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub leased_until: Option<DateTime<Utc>>,
    /// Whether the holder let its lease pass.
    #[diesel(sql_type = Bool)]
    pub is_lapsed: bool,
    #[diesel(sql_type = BigInt)]
    pub taken: i64,
    #[diesel(sql_type = BigInt)]
    pub timed_out: i64,
    #[diesel(sql_type = BigInt)]
    pub lapsed: i64,
    /// For how long it was held on the average by those who gave it back, in milliseconds.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub average: Option<i64>,
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}

/// All of them: those that are held first, then by their keys.
pub fn list(conn: &mut PgConnection) -> QueryResult<Vec<Known>> {
    let query = "SELECT key, kind, holder, taken_at, leased_until, coalesce(leased_until <= clock_timestamp(), false) AS is_lapsed, taken, timed_out, \
            lapsed, (extract(epoch FROM held) * 1000 / nullif(given_back, 0))::bigint AS average, clock_timestamp() AS now \
        FROM named_locks ORDER BY holder IS NULL, key LIMIT 200";
    statement(query).load(conn)
}

/// Somebody who waits for one.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Waiter {
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub who: String,
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub gives_up_at: DateTime<Utc>,
}

/// Who waits now, the longest first.
pub fn waiters(conn: &mut PgConnection) -> QueryResult<Vec<Waiter>> {
    statement("SELECT key, who, since, gives_up_at FROM named_lock_waiters WHERE gives_up_at > clock_timestamp() ORDER BY id LIMIT 200")
        .load(conn)
}
