//! Ending a token.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, tokens, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{TokenId, UserId};
use crate::domain::token::TokenRefused;
use crate::operations::refused;

/// Revokes one of a person's own tokens, under the account's lock: the next request with it is refused.
///
/// # Errors
/// [`TokenRefused`], recorded; or whatever broke, with nothing written.
pub fn revoke_token(conn: &mut Connection<'_>, by: UserId, id: TokenId) -> Result<(), Failure<TokenRefused>> {
    refused(conn, Attempt::new(by, "revoke_token"), |conn| transaction(conn, |tx| revoke(tx, by, id)))
}

fn revoke(tx: &mut Tx<'_>, by: UserId, id: TokenId) -> Result<(), Failure<TokenRefused>> {
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(TokenRefused::Missing))?;
    if !tokens::is_of(tx, &user, id)? {
        return Err(Failure::Refused(TokenRefused::Missing));
    }
    tokens::write_revoked(tx, &user, id)?;
    events::append(tx, &mut user, Happening::by(by, EventKind::TokenRevoked).facts(json!({ "token": id })))?;
    Ok(())
}
