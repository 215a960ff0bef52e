//! Named locks: taken by a lease and a token, proved by the token in each transaction of the work, given back or left to
//! lapse. Session locks of PostgreSQL are not used: behind a pooler that shares sessions two clients both get one.

mod read;
mod turn;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double, Nullable, Text};

use super::prepared::statement;
use crate::domain::named_lock::{HeldLock, NamedLock};

pub use read::{Known, Waiter, list, waiters};
pub use turn::Turn;

#[derive(QueryableByName)]
struct Token {
    #[diesel(sql_type = BigInt)]
    token: i64,
}

/// Takes a lock where nobody holds it, or whoever did has let the lease lapse. One statement, which is a transaction; it waits
/// for no more than a transaction that is just proving its token.
pub fn take(conn: &mut PgConnection, lock: NamedLock, who: &str) -> QueryResult<Option<HeldLock>> {
    let query = "INSERT INTO named_locks AS l (key, kind, token, holder, taken_at, leased_until, taken) \
        SELECT $1, $2, 1, $3, now, now + make_interval(secs => $4), 1 FROM clock_timestamp() AS now \
        ON CONFLICT ON CONSTRAINT named_locks_one_per_key DO UPDATE SET token = l.token + 1, holder = excluded.holder, \
            taken_at = clock_timestamp(), leased_until = clock_timestamp() + make_interval(secs => $4), taken = l.taken + 1, \
            lapsed = l.lapsed + (l.holder IS NOT NULL)::int \
        WHERE l.leased_until IS NULL OR l.leased_until <= clock_timestamp() RETURNING token";
    let kind = lock.kind();
    let taken: Option<Token> = statement(query)
        .bind::<Text, _>(lock.to_string())
        .bind::<Text, _>(kind)
        .bind::<Text, _>(who.to_owned())
        .bind::<Double, _>(kind.times().lease.as_secs_f64())
        .get_result(conn)
        .optional()?;
    Ok(taken.map(|taken| HeldLock { lock, token: taken.token }))
}

/// Whether a taking still stands: the first statement of each transaction of the work. Until that ends nobody else takes
/// the lock; one whose lease has lapsed stands until somebody did.
pub fn stands(conn: &mut PgConnection, held: &HeldLock) -> QueryResult<bool> {
    let query = "SELECT token FROM named_locks WHERE key = $1 AND token = $2 AND holder IS NOT NULL FOR SHARE";
    let query = statement(query).bind::<Text, _>(held.lock.to_string()).bind::<BigInt, _>(held.token);
    Ok(query.get_result::<Token>(conn).optional()?.is_some())
}

/// Begins the lease anew. `false` where somebody else has it by now.
pub fn go_on(conn: &mut PgConnection, held: &HeldLock) -> QueryResult<bool> {
    let query = "UPDATE named_locks SET leased_until = clock_timestamp() + make_interval(secs => $3) \
        WHERE key = $1 AND token = $2 AND holder IS NOT NULL";
    let query = statement(query)
        .bind::<Text, _>(held.lock.to_string())
        .bind::<BigInt, _>(held.token)
        .bind::<Double, _>(held.lock.kind().times().lease.as_secs_f64());
    Ok(query.execute(conn)? == 1)
}

/// Gives it back. `false` where somebody else has it by now.
pub fn give_back(conn: &mut PgConnection, held: &HeldLock) -> QueryResult<bool> {
    let query = "UPDATE named_locks SET holder = NULL, taken_at = NULL, leased_until = NULL, given_back = given_back + 1, \
            held = held + (clock_timestamp() - taken_at) \
        WHERE key = $1 AND token = $2 AND holder IS NOT NULL";
    let query = statement(query).bind::<Text, _>(held.lock.to_string()).bind::<BigInt, _>(held.token);
    Ok(query.execute(conn)? == 1)
}

/// Notes that somebody waits for a lock that another holds.
fn write_waiting(conn: &mut PgConnection, lock: NamedLock, who: &str) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    // what others left behind goes with it
    let query = "WITH gone AS (DELETE FROM named_lock_waiters WHERE key = $1 AND gives_up_at < clock_timestamp() - interval '1 minute') \
        INSERT INTO named_lock_waiters (key, who, gives_up_at) VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3)) RETURNING id";
    let query = statement(query)
        .bind::<Text, _>(lock.to_string())
        .bind::<Text, _>(who.to_owned())
        .bind::<Double, _>(lock.kind().times().wait.as_secs_f64());
    Ok(query.get_result::<Id>(conn)?.id)
}

/// Notes that somebody waits no more: in vain, where nothing came of it. Answers who has the lock.
fn write_waited(conn: &mut PgConnection, lock: NamedLock, waiter: i64, in_vain: bool) -> QueryResult<Option<String>> {
    #[derive(QueryableByName)]
    struct Holder {
        #[diesel(sql_type = Nullable<Text>)]
        holder: Option<String>,
    }
    let query = "WITH gone AS (DELETE FROM named_lock_waiters WHERE id = $2) \
        UPDATE named_locks SET timed_out = timed_out + $3 WHERE key = $1 RETURNING holder";
    let query = statement(query).bind::<Text, _>(lock.to_string()).bind::<BigInt, _>(waiter).bind::<BigInt, _>(i64::from(in_vain));
    Ok(query.get_result::<Holder>(conn).optional()?.and_then(|row| row.holder))
}
