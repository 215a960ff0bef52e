//! Sign-ins that were tried and have not succeeded: what throttles guessing.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Integer, Text};

use super::Tx;
use super::users::key_of;
use crate::schema::sign_in_attempts;

#[diesel::declare_sql_function]
extern "SQL" {
    /// SHA-256.
    fn sha256(bytes: Bytea) -> Bytea;
    /// The bytes of a text.
    fn convert_to(text: Text, encoding: Text) -> Bytea;
    /// A number for a text.
    fn hashtext(text: Text) -> Integer;
    /// Waits for a turn that ends with the transaction. It answers nothing that could be read.
    fn pg_advisory_xact_lock(class: Integer, key: Integer) -> Integer;
}

/// The class of turns among attempts on one account; taken before the other.
const ACCOUNT: i32 = 1;
/// The class of turns among attempts from one address.
const ADDRESS: i32 = 2;

/// The hash by which an account is counted, whether there is such an account or not.
#[diesel::dsl::auto_type(no_type_alias)]
fn account_of(email: &'_ str) -> _ {
    sha256(convert_to(key_of(email), "UTF8"))
}

/// Takes turns with whoever else tries this account or tries from this address. No row stands for either, for there may
/// be no such account, so the turn is the transaction's own; two keys that meet in one number wait for nothing worse.
pub fn take_turn(tx: &mut Tx<'_>, email: &str, address: &str) -> QueryResult<()> {
    diesel::select(pg_advisory_xact_lock(ACCOUNT, hashtext(key_of(email)))).execute(&mut **tx)?;
    diesel::select(pg_advisory_xact_lock(ADDRESS, hashtext(address))).execute(&mut **tx).map(drop)
}

/// Writes down that somebody tries. It counts until it has succeeded.
pub fn record(conn: &mut PgConnection, email: &str, address: &str) -> QueryResult<()> {
    diesel::insert_into(sign_in_attempts::table)
        .values((sign_in_attempts::account.eq(account_of(email)), sign_in_attempts::address.eq(address)))
        .execute(conn)
        .map(drop)
}

/// When the account has had `most` attempts since a moment: the time of the one that must grow old first.
pub fn full_for_account(conn: &mut PgConnection, email: &str, since: DateTime<Utc>, most: u32) -> QueryResult<Option<DateTime<Utc>>> {
    sign_in_attempts::table
        .filter(sign_in_attempts::account.eq(account_of(email)))
        .filter(sign_in_attempts::at.gt(since))
        .order(sign_in_attempts::at.desc())
        .offset(most.saturating_sub(1).into())
        .select(sign_in_attempts::at)
        .first(conn)
        .optional()
}

/// The same by the address where they come from.
pub fn full_for_address(conn: &mut PgConnection, address: &str, since: DateTime<Utc>, most: u32) -> QueryResult<Option<DateTime<Utc>>> {
    sign_in_attempts::table
        .filter(sign_in_attempts::address.eq(address))
        .filter(sign_in_attempts::at.gt(since))
        .order(sign_in_attempts::at.desc())
        .offset(most.saturating_sub(1).into())
        .select(sign_in_attempts::at)
        .first(conn)
        .optional()
}

/// Forgets an account's attempts: its person proved to be themselves.
pub fn forget_account(conn: &mut PgConnection, email: &str) -> QueryResult<()> {
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::account.eq(account_of(email)))).execute(conn).map(drop)
}

/// Clears out those older than a day.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::at.lt(at - TimeDelta::days(1)))).execute(conn)
}
