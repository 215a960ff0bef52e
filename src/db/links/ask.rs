//! Asking for a link: a row whether there is such an account or not.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Nullable, Text, Timestamptz};

use crate::db::Tx;
use crate::db::prepared::statement;
use crate::domain::ids::UserId;
use crate::domain::user::LinkPurpose;
use crate::schema::link_requests;

/// What was asked for.
#[derive(Debug, Clone, QueryableByName)]
pub struct Asked {
    #[diesel(sql_type = BigInt)]
    id: i64,
    /// For what.
    #[diesel(sql_type = Text)]
    pub purpose: LinkPurpose,
    /// Whose; nobody's where there is no such account.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub user_id: Option<UserId>,
    /// The address it is about, where that is not the account's own.
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    #[diesel(sql_type = Binary)]
    account: Vec<u8>,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
}

/// Writes down that somebody asks for a link to the account of this address: one statement, whether there is one or not.
pub fn ask_by_email(conn: &mut PgConnection, purpose: LinkPurpose, email: &str, address: &str) -> QueryResult<()> {
    statement(
        "INSERT INTO link_requests (purpose, user_id, account, address) \
         SELECT $1, (SELECT id FROM users WHERE email_key = key_of($2)), sha256(convert_to(key_of($2), 'UTF8')), $3",
    )
    .bind::<Text, _>(purpose)
    .bind::<Text, _>(email)
    .bind::<Text, _>(address)
    .execute(conn)
    .map(drop)
}

/// Writes down that a person asks for a link to their own account, about an address that is not yet or no more theirs, if
/// any.
pub fn ask(tx: &mut Tx<'_>, purpose: LinkPurpose, user: UserId, email: Option<&str>) -> QueryResult<()> {
    statement(
        "INSERT INTO link_requests (purpose, user_id, email, account, address) \
         SELECT $1, id, $3, sha256(convert_to(email_key, 'UTF8')), '' FROM users WHERE id = $2",
    )
    .bind::<Text, _>(purpose)
    .bind::<BigInt, _>(user)
    .bind::<Nullable<Text>, _>(email)
    .execute(&mut **tx)
    .map(drop)
}

/// When an address of the network has asked more than `most` times since a moment: the time of the one that must grow old
/// first.
pub fn beyond_for_address(conn: &mut PgConnection, address: &str, since: DateTime<Utc>, most: u32) -> QueryResult<Option<DateTime<Utc>>> {
    link_requests::table
        .filter(link_requests::address.eq(address))
        .filter(link_requests::at.gt(since))
        .order(link_requests::at.desc())
        .offset(most.into())
        .select(link_requests::at)
        .first(conn)
        .optional()
}

/// The next one that nobody has answered; nobody else has it until the transaction ends.
pub fn next_asked(tx: &mut Tx<'_>) -> QueryResult<Option<Asked>> {
    statement(
        "SELECT id, purpose, user_id, email, account, at FROM link_requests WHERE answered_at IS NULL \
         ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",
    )
    .get_result(&mut **tx)
    .optional()
}

/// How many times the same account asked for the same in the hour before, this time not counted.
pub fn count_answered(tx: &mut Tx<'_>, asked: &Asked) -> QueryResult<i64> {
    link_requests::table
        .filter(link_requests::account.eq(&asked.account))
        .filter(link_requests::at.gt(asked.at - TimeDelta::hours(1)))
        .filter(link_requests::purpose.eq(asked.purpose))
        .filter(link_requests::id.lt(asked.id))
        .count()
        .get_result(&mut **tx)
}

/// Notes that it was answered, or that there was nobody to answer.
pub fn write_answered(tx: &mut Tx<'_>, asked: &Asked) -> QueryResult<()> {
    statement("UPDATE link_requests SET answered_at = clock_timestamp(), email = NULL WHERE id = $1")
        .bind::<BigInt, _>(asked.id)
        .execute(&mut **tx)
        .map(drop)
}

/// Clears out what was asked more than a day ago, and links that stopped working long ago.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    use crate::schema::account_links;
    let asked = link_requests::table.filter(link_requests::at.lt(at - TimeDelta::days(1))).filter(link_requests::answered_at.is_not_null());
    let asked = diesel::delete(asked).execute(conn)?;
    let links = account_links::table.filter(account_links::expires_at.lt(at - TimeDelta::days(30)));
    Ok(asked + diesel::delete(links).execute(conn)?)
}
