//! Links: made, found by what they hold, used up.

use diesel::prelude::*;

use crate::db::failure::count;
use crate::db::{Fault, Locked, Tx};
use crate::domain::ids::{LinkId, UserId};
use crate::domain::organisation::InvitationToken;
use crate::domain::user::{AccountLink, LinkPurpose, User};
use crate::schema::account_links;

/// Writes a new link of a person's.
pub fn write_made(
    tx: &mut Tx<'_>,
    user: &Locked<User>,
    purpose: LinkPurpose,
    nonce: &str,
    token: &InvitationToken,
    email: &str,
) -> QueryResult<LinkId> {
    diesel::insert_into(account_links::table)
        .values((
            account_links::user_id.eq(user.id.0),
            account_links::purpose.eq(purpose),
            account_links::nonce.eq(nonce),
            account_links::token_hash.eq(token.hash()),
            account_links::email.eq(email),
            account_links::made_at.eq(user.at),
            account_links::expires_at.eq(user.at + purpose.lasts()),
        ))
        .returning(account_links::id)
        .get_result(&mut **tx)
}

/// A link by what it holds: whoever has that may know of it.
pub fn by_token(conn: &mut PgConnection, token: &InvitationToken) -> QueryResult<Option<AccountLink>> {
    account_links::table.filter(account_links::token_hash.eq(token.hash())).select(AccountLink::as_select()).first(conn).optional()
}

/// A link by its id, for the letter that carries it.
pub fn find(conn: &mut PgConnection, id: LinkId) -> QueryResult<Option<AccountLink>> {
    account_links::table.find(id.0).select(AccountLink::as_select()).first(conn).optional()
}

/// The link as it is under the lock of its person's account, which the caller has.
pub fn lock(tx: &mut Tx<'_>, _: &Locked<User>, id: LinkId) -> QueryResult<Option<AccountLink>> {
    find(tx, id)
}

/// Uses a link up.
pub fn write_used(tx: &mut Tx<'_>, user: &Locked<User>, link: &AccountLink) -> Result<(), Fault> {
    let open = account_links::table.find(link.id.0).filter(account_links::used_at.is_null()).filter(account_links::ended_at.is_null());
    let used = diesel::update(open).set(account_links::used_at.eq(Some(user.at))).execute(&mut **tx)?;
    count("links used", 1, used)
}

/// Ends all of a person's links of these purposes that still work.
pub fn write_ended_all(tx: &mut Tx<'_>, user: &Locked<User>, purposes: &[LinkPurpose]) -> QueryResult<usize> {
    let UserId(user_id) = user.id;
    let open = account_links::table
        .filter(account_links::user_id.eq(user_id))
        .filter(account_links::purpose.eq_any(purposes))
        .filter(account_links::used_at.is_null())
        .filter(account_links::ended_at.is_null());
    diesel::update(open).set(account_links::ended_at.eq(Some(user.at))).execute(&mut **tx)
}
