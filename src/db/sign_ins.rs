//! Who is signed in where, and from where it was tried.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::Portion;
use super::prepared::statement;
use crate::domain::ids::UserId;
use crate::domain::user::{Device, SignInOutcome};
use crate::schema::{sessions, sign_ins, users};

/// A sign-in that holds.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Holding {
    pub id: i64,
    pub agent: String,
    pub address: String,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
}

/// One that was tried.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Tried {
    pub id: i64,
    pub outcome: SignInOutcome,
    pub agent: String,
    pub address: String,
    pub at: DateTime<Utc>,
}

/// A person's sign-ins that hold, those first that were seen last; no more than a page shows.
pub fn holding(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Holding>> {
    sessions::table
        .inner_join(users::table)
        .filter(sessions::user_id.eq(user.0))
        .filter(sessions::epoch.eq(users::session_epoch))
        .filter(sessions::expires_at.gt(diesel::dsl::now))
        .order((sessions::seen_at.desc(), sessions::id.desc()))
        .limit(100)
        .select((sessions::id, sessions::agent, sessions::address, sessions::created_at, sessions::seen_at))
        .load(conn)
}

/// What was tried on a person's account, newest first, before a key; and whether there is more.
pub fn tried(conn: &mut PgConnection, user: UserId, before: Option<i64>, portion: Portion) -> QueryResult<(Vec<Tried>, bool)> {
    let rows = sign_ins::table
        .filter(sign_ins::user_id.eq(user.0))
        .filter(sign_ins::id.lt(before.unwrap_or(i64::MAX)))
        .order(sign_ins::id.desc())
        .limit(portion.read())
        .select((sign_ins::id, sign_ins::outcome, sign_ins::agent, sign_ins::address, sign_ins::at))
        .load(conn)?;
    Ok(portion.cut(rows))
}

/// Writes down that somebody did not know an account's password, or had no code.
pub fn write_wrong(conn: &mut PgConnection, user: UserId, outcome: SignInOutcome, device: &Device) -> QueryResult<()> {
    statement("INSERT INTO sign_ins (user_id, outcome, agent, address) SELECT id, $2, $3, $4 FROM users WHERE id = $1")
        .bind::<BigInt, _>(user.0)
        .bind::<Text, _>(outcome)
        .bind::<Text, _>(&device.agent)
        .bind::<Text, _>(&device.address)
        .execute(conn)
        .map(drop)
}

/// Ends one of a person's sign-ins. Answers whether it held until now.
pub fn write_ended(conn: &mut PgConnection, user: UserId, id: i64) -> QueryResult<bool> {
    statement("DELETE FROM sessions WHERE id = $1 AND user_id = $2")
        .bind::<BigInt, _>(id)
        .bind::<BigInt, _>(user.0)
        .execute(conn)
        .map(|ended| ended == 1)
}

/// Clears out what was tried more than ninety days ago.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(sign_ins::table.filter(sign_ins::at.lt(at - TimeDelta::days(90)))).execute(conn)
}
