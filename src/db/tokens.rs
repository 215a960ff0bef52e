//! Tokens: finding who asks by one, and keeping them.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::now;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::failure::count;
use super::prepared::literal;
use super::{Fault, Locked, Tx, sessions};
use crate::domain::ids::{OrganisationId, TokenId, UserId};
use crate::domain::membership::Role;
use crate::domain::token::{Caller, Scope, TokenContent, TokenSecret};
use crate::domain::user::User;
use crate::schema::{api_tokens, organisations};

/// When a token was used is kept to the minute.
const KEPT_TO: TimeDelta = TimeDelta::minutes(1);

/// A token as its person reads of it.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Listed {
    pub id: TokenId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub hint: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// Whether its time has passed, by the database's clock.
    pub has_ended: bool,
}

/// A person's tokens that were not revoked, newest first.
pub fn of_person(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Listed>> {
    api_tokens::table
        .left_join(organisations::table)
        .filter(api_tokens::user_id.eq(user.0))
        .filter(api_tokens::revoked_at.is_null())
        .order(api_tokens::id.desc())
        .select((
            api_tokens::id,
            api_tokens::name,
            api_tokens::scopes,
            api_tokens::hint,
            api_tokens::created_at,
            api_tokens::expires_at,
            api_tokens::last_used_at,
            organisations::name.nullable(),
            literal::<Bool>("coalesce(api_tokens.expires_at <= now(), false)"),
        ))
        .load(conn)
}

/// Whether one of them holds, and whose it is, under that person's lock.
pub fn is_of(tx: &mut Tx<'_>, user: &Locked<User>, id: TokenId) -> QueryResult<bool> {
    let own = api_tokens::table.find(id.0).filter(api_tokens::user_id.eq(user.id.0)).filter(api_tokens::revoked_at.is_null());
    diesel::select(diesel::dsl::exists(own)).get_result(&mut **tx)
}

/// How many a person has that were not revoked, under their lock.
pub fn held(tx: &mut Tx<'_>, user: &Locked<User>) -> QueryResult<i64> {
    api_tokens::table.filter(api_tokens::user_id.eq(user.id.0)).filter(api_tokens::revoked_at.is_null()).count().get_result(&mut **tx)
}

/// Writes a new one.
pub fn write_made(tx: &mut Tx<'_>, user: &Locked<User>, content: &TokenContent, secret: &TokenSecret) -> Result<TokenId, Fault> {
    let scopes: Vec<&str> = content.scopes.iter().map(|scope| scope.as_str()).collect();
    Ok(diesel::insert_into(api_tokens::table)
        .values((
            api_tokens::user_id.eq(user.id.0),
            api_tokens::organisation_id.eq(content.organisation.map(|organisation| organisation.0)),
            api_tokens::name.eq(content.name.as_str()),
            api_tokens::scopes.eq(scopes),
            api_tokens::secret_hash.eq(secret.hash()),
            api_tokens::hint.eq(secret.hint()),
            api_tokens::created_at.eq(user.at),
            api_tokens::expires_at.eq(content.ends(user.at)),
        ))
        .returning(api_tokens::id)
        .get_result(&mut **tx)?)
}

/// Ends one: the next request with it is refused.
pub fn write_revoked(tx: &mut Tx<'_>, user: &Locked<User>, id: TokenId) -> Result<(), Fault> {
    let own = api_tokens::table.find(id.0).filter(api_tokens::user_id.eq(user.id.0)).filter(api_tokens::revoked_at.is_null());
    let wrote = diesel::update(own).set(api_tokens::revoked_at.eq(Some(user.at))).execute(&mut **tx)?;
    count("tokens revoked", 1, wrote)
}

/// Who asks by this secret as of now, if anybody may; notes when, at most once a minute. A runner's token holds as long as
/// its person could do the work.
pub fn caller(conn: &mut PgConnection, secret: &TokenSecret) -> QueryResult<Option<Caller>> {
    type Row = (TokenId, UserId, Vec<Scope>, Option<OrganisationId>, Option<DateTime<Utc>>, DateTime<Utc>);
    let row: Option<Row> = api_tokens::table
        .filter(api_tokens::secret_hash.eq(secret.hash()))
        .filter(api_tokens::revoked_at.is_null())
        .filter(api_tokens::expires_at.is_null().or(api_tokens::expires_at.assume_not_null().gt(now)))
        .select((
            api_tokens::id,
            api_tokens::user_id,
            api_tokens::scopes,
            api_tokens::organisation_id,
            api_tokens::last_used_at,
            super::locked::clock_timestamp(),
        ))
        .first(conn)
        .optional()?;
    let Some((token, user, scopes, organisation, used, at)) = row else { return Ok(None) };
    let Some(person) = sessions::person_of(conn, user)? else { return Ok(None) };
    if organisation.is_some_and(|organisation| !person.role_in(organisation).is_some_and(Role::manages_projects)) {
        return Ok(None);
    }
    if used.is_none_or(|used| used < at - KEPT_TO) {
        let old =
            api_tokens::table.find(token.0).filter(api_tokens::last_used_at.is_null().or(api_tokens::last_used_at.lt(Some(at - KEPT_TO))));
        diesel::update(old).set(api_tokens::last_used_at.eq(Some(at))).execute(conn)?;
    }
    Ok(Some(Caller { token, person, scopes, organisation }))
}
