//! Sign-ins that hold: the cookie carries a key, the table only its hash.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::{array, exists, now};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz};
use sha2::{Digest, Sha256};

use super::failure::count;
use super::prepared::{literal, statement};
use super::{Fault, Locked, Tx};
use crate::domain::ids::UserId;
use crate::domain::person::{Membership, Person};
use crate::domain::user::{Device, SignIn, SignInOutcome, SignedInBy, Theme, User};
use crate::schema::{freelancers, memberships, notices, organisations, sessions, users};

#[diesel::declare_sql_function]
extern "SQL" {
    /// An object with these three names and values.
    #[sql_name = "jsonb_build_object"]
    fn object(k1: Text, v1: BigInt, k2: Text, v2: Text, k3: Text, v3: Text) -> Jsonb;
}

type Row = (UserId, String, bool, Theme, String, bool, Vec<serde_json::Value>, Vec<i64>, bool);

/// What of a person's rows is read with each request, of a query that has the table of people in it.
macro_rules! person_columns {
    () => {{
        let belongings = memberships::table
            .inner_join(organisations::table)
            .filter(memberships::user_id.eq(users::id))
            .order((organisations::name, organisations::id))
            .select(object("organisation", organisations::id, "name", organisations::name, "role", memberships::role));
        let unread = notices::table
            .filter(notices::user_id.eq(users::id))
            .filter(notices::seen_at.is_null())
            .limit(i64::try_from(Person::MOST_UNREAD).unwrap_or(i64::MAX))
            .select(notices::id);
        (
            users::id,
            users::name,
            users::is_admin,
            users::theme,
            users::time_zone,
            exists(freelancers::table.filter(freelancers::user_id.eq(users::id))),
            array(belongings),
            array(unread),
            // judged from left to right: whoever keeps no house costs no look
            literal::<Bool>(
                "users.is_admin AND NOT EXISTS (SELECT FROM second_factors f WHERE f.user_id = users.id AND f.confirmed_at IS NOT NULL)",
            ),
        )
    }};
}

/// Somebody who is signed in.
pub struct Holder {
    /// Who.
    pub person: Person,
    /// By which of their sign-ins.
    pub sign_in: i64,
    /// Whether it was last noted long ago that it is used.
    pub is_stale: bool,
}

/// Who holds this key, as of now: one query, so that a role that was taken away is gone with the next page. Nobody if
/// the sign-in has ended or run out.
pub fn holder(conn: &mut PgConnection, key: &str) -> QueryResult<Option<Holder>> {
    let row: Option<(Row, i64, bool)> = sessions::table
        .inner_join(users::table)
        .filter(sessions::key_hash.eq(hash(key)))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::epoch.eq(users::session_epoch))
        .filter(users::suspended_at.is_null())
        .select((person_columns!(), sessions::id, sessions::seen_at.lt(literal::<Timestamptz>("now() - interval '1 hour'"))))
        .first(conn)
        .optional()?;
    let Some((row, sign_in, is_stale)) = row else { return Ok(None) };
    Ok(Some(Holder { person: read(row)?, sign_in, is_stale }))
}

/// Notes that a sign-in is used, once an hour.
pub fn write_seen(conn: &mut PgConnection, sign_in: i64) -> QueryResult<()> {
    statement("UPDATE sessions SET seen_at = clock_timestamp() WHERE id = $1 AND seen_at < now() - interval '1 hour'")
        .bind::<BigInt, _>(sign_in)
        .execute(conn)
        .map(drop)
}

/// A person as of now, whoever asks in their name; nobody whom the house keeps out.
pub(super) fn person_of(conn: &mut PgConnection, id: UserId) -> QueryResult<Option<Person>> {
    let row: Option<Row> =
        users::table.find(id.0).filter(users::suspended_at.is_null()).select(person_columns!()).first(conn).optional()?;
    row.map(read).transpose()
}

fn read((id, name, is_admin, theme, time_zone, is_freelancer, belongings, unread, lacks_factor): Row) -> QueryResult<Person> {
    let memberships = belongings
        .into_iter()
        .map(serde_json::from_value)
        .collect::<Result<Vec<Membership>, _>>()
        .map_err(|error| diesel::result::Error::DeserializationError(error.into()))?;
    let (theme, unread) = (theme.as_str().to_owned(), unread.len());
    Ok(Person { id, name, is_admin, lacks_factor, is_freelancer, theme, time_zone, memberships, unread })
}

/// Keeps a sign-in for so long, and notes it for its person. It holds nothing if all the person's sign-ins were ended since
/// it was proved.
pub fn write_signed_in(conn: &mut PgConnection, key: &str, sign_in: SignIn, device: &Device, lasts: TimeDelta) -> QueryResult<()> {
    let (outcome, step) = match sign_in.by {
        SignedInBy::Password => (SignInOutcome::SignedIn, None),
        SignedInBy::AppCode(step) => (SignInOutcome::SignedInByCode, Some(step)),
        SignedInBy::RecoveryCode => (SignInOutcome::Recovered, None),
    };
    statement(
        "WITH noted AS (INSERT INTO sign_ins (user_id, outcome, agent, address, step) VALUES ($2, $7, $5, $6, $8)) \
         INSERT INTO sessions (key_hash, user_id, epoch, expires_at, agent, address) \
         VALUES ($1, $2, $3, clock_timestamp() + $4 * interval '1 second', $5, $6)",
    )
    .bind::<Binary, _>(hash(key))
    .bind::<BigInt, _>(sign_in.user.0)
    .bind::<Integer, _>(sign_in.epoch)
    .bind::<BigInt, _>(lasts.num_seconds())
    .bind::<Text, _>(&device.agent)
    .bind::<Text, _>(&device.address)
    .bind::<Text, _>(outcome)
    .bind::<Nullable<BigInt>, _>(step)
    .execute(conn)
    .map(drop)
}

/// Ends one sign-in.
pub fn write_signed_out(conn: &mut PgConnection, key: &str) -> QueryResult<()> {
    diesel::delete(sessions::table.find(hash(key))).execute(conn).map(drop)
}

/// Ends all of a person's sign-ins, one that is just being made too. Answers the number that new ones carry.
pub fn write_ended(tx: &mut Tx<'_>, user: &Locked<User>) -> Result<i32, Fault> {
    let epoch = user.session_epoch + 1;
    let wrote = diesel::update(users::table.find(user.id.0).filter(users::session_epoch.eq(user.session_epoch)))
        .set(users::session_epoch.eq(epoch))
        .execute(&mut **tx)?;
    count("sign-ins ended", 1, wrote)?;
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user.id.0))).execute(&mut **tx)?;
    Ok(epoch)
}

/// Clears out those that have run out.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(at))).execute(conn)
}

fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}
