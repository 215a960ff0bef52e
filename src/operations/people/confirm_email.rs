//! Saying by a link that an address is one's own: the account's, or the one that takes its place.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Fault, Locked, Tx, events, links, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{LinkId, UserId};
use crate::domain::organisation::InvitationToken;
use crate::domain::user::{AccountLink, LinkPurpose, LinkRefused, User};
use crate::operations::refused;

const FOR_THIS: &[LinkPurpose] = &[LinkPurpose::ConfirmEmail, LinkPurpose::ChangeEmail];

/// Confirms the account's address, or puts another one in its place and has the one of before told, under the account's lock.
/// The link is used up.
///
/// # Errors
/// [`LinkRefused`], recorded; or whatever broke, with nothing written.
pub fn confirm_email(conn: &mut Connection<'_>, token: &InvitationToken) -> Result<(), Failure<LinkRefused>> {
    let link = links::by_token(conn, token)?.ok_or(Failure::Refused(LinkRefused::Missing))?;
    let (by, id) = (link.user_id, link.id);
    refused(conn, Attempt::new(by, "confirm_email"), |conn| transaction(conn, |tx| confirm(tx, by, id)))
}

fn confirm(tx: &mut Tx<'_>, by: UserId, id: LinkId) -> Result<(), Failure<LinkRefused>> {
    let missing = || Failure::Refused(LinkRefused::Missing);
    let mut user = users::lock(tx, by)?.ok_or_else(missing)?;
    let link = links::lock(tx, &user, id)?.ok_or_else(missing)?;
    user.may_follow(&link, FOR_THIS, user.at).map_err(Failure::Refused)?;
    links::write_used(tx, &user, &link)?;
    if link.purpose == LinkPurpose::ChangeEmail {
        return change(tx, user, &link);
    }
    // a link to an address that has had its place taken proves nothing of the one of now
    if link.email != user.email {
        return Err(Failure::Refused(LinkRefused::Ended));
    }
    if user.email_confirmed_at.is_none() {
        users::write_email_confirmed(tx, &user)?;
        events::append(tx, &mut user, Happening::by(by, EventKind::EmailConfirmed).facts(json!({ "link": link.id })))?;
    }
    Ok(())
}

fn change(tx: &mut Tx<'_>, mut user: Locked<User>, link: &AccountLink) -> Result<(), Failure<LinkRefused>> {
    let (by, before) = (user.id, user.email.clone());
    // links that went to the address of before, or were to
    links::write_ended_all(tx, &user, &[LinkPurpose::ResetPassword, LinkPurpose::ConfirmEmail, LinkPurpose::ChangeEmail])?;
    users::write_email(tx, &user, &link.email).map_err(taken)?;
    links::ask(tx, LinkPurpose::RevertEmail, by, Some(&before))?;
    let facts = json!({ "link": link.id, "before": user.words_hash(&[&before]), "after": user.words_hash(&[&link.email]) });
    events::append(tx, &mut user, Happening::by(by, EventKind::EmailChanged).facts(facts))?;
    Ok(())
}

fn taken(fault: Fault) -> Failure<LinkRefused> {
    match fault.constraint() {
        Some("users_one_per_email") => Failure::Refused(LinkRefused::EmailTaken),
        _ => Failure::Broken(fault),
    }
}
