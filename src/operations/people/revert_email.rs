//! Taking the place back, from the address of before.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, links, sessions, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{LinkId, UserId};
use crate::domain::organisation::InvitationToken;
use crate::domain::user::{LinkPurpose, LinkRefused};
use crate::operations::refused;

const FOR_THIS: &[LinkPurpose] = &[LinkPurpose::RevertEmail];

/// Puts the address of before back under the account's lock, ends every sign-in and every other link, and has a link for a
/// new password sent there: whoever put the other address in its place knew the password.
///
/// # Errors
/// [`LinkRefused`], recorded; or whatever broke, with nothing written.
pub fn revert_email(conn: &mut Connection<'_>, token: &InvitationToken) -> Result<(), Failure<LinkRefused>> {
    let link = links::by_token(conn, token)?.ok_or(Failure::Refused(LinkRefused::Missing))?;
    let (by, id) = (link.user_id, link.id);
    refused(conn, Attempt::new(by, "revert_email"), |conn| transaction(conn, |tx| revert(tx, by, id)))
}

fn revert(tx: &mut Tx<'_>, by: UserId, id: LinkId) -> Result<(), Failure<LinkRefused>> {
    let missing = || Failure::Refused(LinkRefused::Missing);
    let mut user = users::lock(tx, by)?.ok_or_else(missing)?;
    let link = links::lock(tx, &user, id)?.ok_or_else(missing)?;
    user.may_follow(&link, FOR_THIS, user.at).map_err(Failure::Refused)?;
    links::write_used(tx, &user, &link)?;
    links::write_ended_all(tx, &user, LinkPurpose::ALL)?;
    let before = user.email.clone();
    users::write_email(tx, &user, &link.email).map_err(|fault| match fault.constraint() {
        Some("users_one_per_email") => Failure::Refused(LinkRefused::EmailTaken),
        _ => Failure::Broken(fault),
    })?;
    sessions::write_ended(tx, &user)?;
    links::ask(tx, LinkPurpose::ResetPassword, by, None)?;
    let facts =
        json!({ "link": link.id, "before": user.words_hash(&[&before]), "after": user.words_hash(&[&link.email]), "reverted": true });
    events::append(tx, &mut user, Happening::by(by, EventKind::EmailChanged).facts(facts))?;
    Ok(())
}
