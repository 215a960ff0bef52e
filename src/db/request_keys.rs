//! Keys of requests: a form that is sent twice does its work once.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::failure::count;
use super::prepared::statement;
use super::{Fault, Tx};
use crate::domain::ids::UserId;
use crate::domain::request::{Request, RequestKey};
use crate::schema::request_keys;

/// How long an outcome is kept.
const HOURS_KEPT: i64 = 72;

/// What came of claiming a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Nobody used it: do the work, then [`keep`] what it made.
    New,
    /// The work was done: the id of what it made.
    Done(i64),
    /// The key was used for another act, or with other words.
    Reused,
}

/// Claims a key: the first write of its transaction. A rival with the same key waits here until this transaction ends,
/// as long as it may wait for any lock.
///
/// # Errors
/// [`Fault::Busy`] if a rival takes too long.
pub fn claim(tx: &mut Tx<'_>, by: UserId, request: &Request) -> Result<Claim, Fault> {
    let new = diesel::insert_into(request_keys::table)
        .values((
            request_keys::user_id.eq(by.0),
            request_keys::key.eq(request.key.as_str()),
            request_keys::act.eq(request.act),
            request_keys::digest.eq(&request.digest),
        ))
        .on_conflict((request_keys::user_id, request_keys::key))
        .do_nothing()
        .execute(&mut **tx)?;
    if new == 1 {
        return Ok(Claim::New);
    }
    let (act, digest, made): (String, Vec<u8>, Option<i64>) = request_keys::table
        .find((by.0, request.key.as_str()))
        .select((request_keys::act, request_keys::digest, request_keys::made_id))
        .first(&mut **tx)?;
    Ok(match made {
        Some(made) if act == request.act && digest == request.digest => Claim::Done(made),
        _ => Claim::Reused,
    })
}

/// Keeps what a claimed request made, in the same transaction.
pub fn keep(tx: &mut Tx<'_>, by: UserId, key: &RequestKey, made: i64) -> Result<(), Fault> {
    keep_outcome(tx, by, key, made, true)
}

/// The same, saying whether it was made then or found.
pub fn keep_outcome(tx: &mut Tx<'_>, by: UserId, key: &RequestKey, made: i64, new: bool) -> Result<(), Fault> {
    // a text of its own: what Diesel builds for an update it plans anew each time
    let wrote = statement("UPDATE request_keys SET made_id = $3, made_new = $4 WHERE user_id = $1 AND key = $2 AND made_id IS NULL")
        .bind::<BigInt, _>(by)
        .bind::<Text, _>(key.as_str())
        .bind::<BigInt, _>(made)
        .bind::<Bool, _>(new)
        .execute(&mut **tx)?;
    count("request keys kept", 1, wrote)
}

/// Whether a request that was done made what it names.
pub fn was_new(conn: &mut PgConnection, by: UserId, key: &RequestKey) -> QueryResult<bool> {
    request_keys::table.find((by.0, key.as_str())).select(request_keys::made_new).first(conn)
}

/// Clears out outcomes that were kept long enough.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(request_keys::table.filter(request_keys::created_at.lt(at - TimeDelta::hours(HOURS_KEPT)))).execute(conn)
}
