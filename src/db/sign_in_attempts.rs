//! Sign-ins that were tried and have not succeeded: what throttles guessing.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Text};

use super::users::key_of;
use crate::schema::sign_in_attempts;

#[diesel::declare_sql_function]
extern "SQL" {
    /// SHA-256.
    fn sha256(bytes: Bytea) -> Bytea;
    /// The bytes of a text.
    fn convert_to(text: Text, encoding: Text) -> Bytea;
}

/// The hash by which an account is counted, whether there is such an account or not.
#[diesel::dsl::auto_type(no_type_alias)]
fn account_of(email: &'_ str) -> _ {
    sha256(convert_to(key_of(email), "UTF8"))
}

/// Writes down that somebody tries; answers the attempt's id. Every attempt counts until it has succeeded, so that many
/// at once cannot slip through between a count and a write.
pub fn record(conn: &mut PgConnection, email: &str, address: &str) -> QueryResult<i64> {
    diesel::insert_into(sign_in_attempts::table)
        .values((sign_in_attempts::account.eq(account_of(email)), sign_in_attempts::address.eq(address)))
        .returning(sign_in_attempts::id)
        .get_result(conn)
}

/// When the account has had more than `most` attempts since a moment: the time of the one that must grow old first.
pub fn beyond_for_account(conn: &mut PgConnection, email: &str, since: DateTime<Utc>, most: u32) -> QueryResult<Option<DateTime<Utc>>> {
    sign_in_attempts::table
        .filter(sign_in_attempts::account.eq(account_of(email)))
        .filter(sign_in_attempts::at.gt(since))
        .order(sign_in_attempts::at.desc())
        .offset(most.into())
        .select(sign_in_attempts::at)
        .first(conn)
        .optional()
}

/// The same by the address where they come from.
pub fn beyond_for_address(conn: &mut PgConnection, address: &str, since: DateTime<Utc>, most: u32) -> QueryResult<Option<DateTime<Utc>>> {
    sign_in_attempts::table
        .filter(sign_in_attempts::address.eq(address))
        .filter(sign_in_attempts::at.gt(since))
        .order(sign_in_attempts::at.desc())
        .offset(most.into())
        .select(sign_in_attempts::at)
        .first(conn)
        .optional()
}

/// Forgets one attempt: it was turned away unjudged.
pub fn forget(conn: &mut PgConnection, id: i64) -> QueryResult<()> {
    diesel::delete(sign_in_attempts::table.find(id)).execute(conn).map(drop)
}

/// Forgets an account's attempts: its person proved to be themselves.
pub fn forget_account(conn: &mut PgConnection, email: &str) -> QueryResult<()> {
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::account.eq(account_of(email)))).execute(conn).map(drop)
}

/// Clears out those older than a day.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::at.lt(at - TimeDelta::days(1)))).execute(conn)
}
