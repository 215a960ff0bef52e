//! Making a token.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::request_keys::{self, Claim};
use crate::db::{Connection, Failure, Tx, events, projects, tokens, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{TokenId, UserId};
use crate::domain::request::Request;
use crate::domain::token::{TokenContent, TokenRefused, TokenSecret};
use crate::operations::refused;

/// Makes a token under the account's lock. The secret is not kept: the same request must bring the same one, and is
/// answered with the token that was made.
///
/// # Errors
/// [`TokenRefused`], recorded; or whatever broke, with nothing written.
pub fn make_token(
    conn: &mut Connection<'_>,
    by: UserId,
    content: &TokenContent,
    secret: &TokenSecret,
    request: Option<&Request>,
) -> Result<TokenId, Failure<TokenRefused>> {
    refused(conn, Attempt::new(by, "make_token"), |conn| transaction(conn, |tx| make(tx, by, content, secret, request)))
}

fn make(
    tx: &mut Tx<'_>,
    by: UserId,
    content: &TokenContent,
    secret: &TokenSecret,
    request: Option<&Request>,
) -> Result<TokenId, Failure<TokenRefused>> {
    if let Some(request) = request {
        match request_keys::claim(tx, by, request)? {
            Claim::New => {}
            Claim::Done(made) => return Ok(TokenId(made)),
            Claim::Reused => return Err(Failure::Refused(TokenRefused::KeyReused)),
        }
    }
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(TokenRefused::Missing))?;
    let member = match content.organisation {
        Some(organisation) => projects::membership(tx, organisation, by)?,
        None => None,
    };
    let held = tokens::held(tx, &user)?;
    content.may_be_made(member.as_ref(), held).map_err(Failure::Refused)?;
    let id = tokens::write_made(tx, &user, content, secret)?;
    let facts = json!({ "token": id, "scopes": content.scopes, "organisation": content.organisation });
    events::append(tx, &mut user, Happening::by(by, EventKind::TokenMade).facts(facts))?;
    if let Some(request) = request {
        request_keys::keep(tx, by, &request.key, id.0)?;
    }
    Ok(id)
}
