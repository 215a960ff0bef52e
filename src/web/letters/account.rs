//! Letters about an account: each carries one link.

use super::{Content, Letterhead};
use crate::db::mails::Reader;
use crate::db::{PgConnection, QueryResult, links};
use crate::domain::mail::Claimed;
use crate::domain::user::{AccountLink, LinkPurpose};
use crate::web::shown;

/// What the letter says; nothing where its link works no more.
pub fn content(conn: &mut PgConnection, head: &Letterhead, mail: &Claimed, reader: &Reader) -> QueryResult<Option<Content>> {
    let Some(link) = mail.link else { return Ok(None) };
    let link = links::find(conn, link)?.filter(|link| link.used_at.is_none() && link.ended_at.is_none());
    Ok(link.map(|link| worded(head, &link, reader)))
}

fn worded(head: &Letterhead, link: &AccountLink, reader: &Reader) -> Content {
    let until = shown::time(&shown::zone(Some(&reader.time_zone)).0, link.expires_at).words;
    let works = format!("The link works once, until {until}.");
    let (subject, first, label, note) = match link.purpose {
        LinkPurpose::ResetPassword => (
            "Choose a new password",
            "Somebody asked for a new password for your account.".to_owned(),
            "Choose a new password",
            "If it was not you, do nothing: your password stays as it is.",
        ),
        LinkPurpose::ConfirmEmail => (
            "Confirm your e-mail address",
            "You made an account with this address.".to_owned(),
            "Confirm this address",
            "If it was not you, do nothing: somebody mistyped their address.",
        ),
        LinkPurpose::ChangeEmail => (
            "Confirm your new e-mail address",
            format!("Your account is to have this address, {}, in place of the one of now.", link.email),
            "Use this address from now on",
            "If it was not you, do nothing: nothing changes.",
        ),
        LinkPurpose::RevertEmail => (
            "Your account has another e-mail address now",
            format!("Another address took the place of {}. Letters go there from now on.", link.email),
            "Put this address back",
            "If it was you, do nothing. If it was not, put this address back: all sign-ins end, and you get a link to a new password.",
        ),
    };
    Content {
        subject: subject.to_owned(),
        paragraphs: vec![first],
        action: Some((head.link_address(link), label.to_owned())),
        notes: vec![works, note.to_owned()],
        why: "You get this letter because it is about your account. It cannot be stopped.".to_owned(),
    }
}
