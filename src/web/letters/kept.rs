//! Letters about what the house did: that it keeps somebody out, and that it lets them in again.

use super::{Content, Letterhead};
use crate::db::mails::Reader;
use crate::db::{PgConnection, QueryResult, act_words, users};
use crate::domain::event::{EventKind, Root};
use crate::domain::mail::{Claimed, MailKind};
use crate::web::shown;

/// What the letter says; nothing where it is not so any more.
pub fn content(conn: &mut PgConnection, head: &Letterhead, mail: &Claimed, reader: &Reader) -> QueryResult<Option<Content>> {
    let Some(user) = users::find(conn, mail.user)? else { return Ok(None) };
    let why = "You get this letter because it is about your account. It cannot be stopped.".to_owned();
    if let Some(since) = user.suspended_at {
        if mail.kind != MailKind::Suspended {
            return Ok(None);
        }
        let at = shown::exact(&shown::zone(Some(&reader.time_zone)).0, since).words;
        let paragraphs = vec![
            format!("The house suspended your account at {at}. All sign-ins and tokens ended."),
            format!("Its reason: {}", user.suspended_for.unwrap_or_default()),
            "Contracts that run go on, and what you have offered stays; nothing new is agreed with you before you are let in again."
                .to_owned(),
        ];
        let notes = vec!["To ask the house to think again, sign in as you always did: the page that answers takes your appeal.".to_owned()];
        let action = Some((head.address("/sign-in"), "Read it and appeal".to_owned()));
        return Ok(Some(Content { subject: "Your account is suspended".to_owned(), paragraphs, action, notes, why }));
    }
    if mail.kind != MailKind::LetIn {
        return Ok(None);
    }
    let acts = act_words::of(conn, Root::Person(mail.user))?;
    let lifted = acts.into_iter().find(|act| act.kind == EventKind::SuspensionLifted.as_str());
    let mut paragraphs = vec!["The house let you in again: you can sign in as before, and make new tokens.".to_owned()];
    paragraphs.extend(lifted.map(|act| format!("Its reason: {}", act.words)));
    let action = Some((head.address("/sign-in"), "Sign in".to_owned()));
    Ok(Some(Content { subject: "You are let in again".to_owned(), paragraphs, action, notes: Vec::new(), why }))
}
