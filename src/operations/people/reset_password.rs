//! Choosing a new password by a link.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, links, second_factors, sessions, sign_in_attempts, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{LinkId, UserId};
use crate::domain::organisation::InvitationToken;
use crate::domain::user::{LinkPurpose, LinkRefused};
use crate::operations::refused;

const FOR_THIS: &[LinkPurpose] = &[LinkPurpose::ResetPassword];

/// Writes a new password under the account's lock, uses the link up, ends the others like it and every sign-in.
///
/// # Errors
/// [`LinkRefused`], recorded; or whatever broke, with nothing written.
pub fn reset_password(conn: &mut Connection<'_>, token: &InvitationToken, password_hash: &str) -> Result<(), Failure<LinkRefused>> {
    let link = links::by_token(conn, token)?.ok_or(Failure::Refused(LinkRefused::Missing))?;
    let (by, id) = (link.user_id, link.id);
    refused(conn, Attempt::new(by, "reset_password"), |conn| transaction(conn, |tx| reset(tx, by, id, password_hash)))
}

fn reset(tx: &mut Tx<'_>, by: UserId, id: LinkId, password_hash: &str) -> Result<(), Failure<LinkRefused>> {
    let missing = || Failure::Refused(LinkRefused::Missing);
    let mut user = users::lock(tx, by)?.ok_or_else(missing)?;
    let link = links::lock(tx, &user, id)?.ok_or_else(missing)?;
    user.may_follow(&link, FOR_THIS, user.at).map_err(Failure::Refused)?;
    links::write_used(tx, &user, &link)?;
    links::write_ended_all(tx, &user, FOR_THIS)?;
    users::write_password(tx, &user, password_hash)?;
    sessions::write_ended(tx, &user)?;
    if user.email_confirmed_at.is_none() && user.email == link.email {
        users::write_email_confirmed(tx, &user)?;
    }
    // a new password buys nobody new guesses at the code
    if second_factors::asked_at(tx, by)?.is_none() {
        sign_in_attempts::forget_account(tx, &user.email)?;
    }
    events::append(tx, &mut user, Happening::by(by, EventKind::PasswordReset).facts(json!({ "link": link.id })))?;
    Ok(())
}
