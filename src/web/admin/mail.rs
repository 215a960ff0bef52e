//! One letter: what became of it, and, where letters are files, what it says.

use actix_web::web::Data;
use askama::Template;

use super::mails::kind;
use crate::db::mails::Mail;
use crate::db::{Database, mails};
use crate::domain::ids::MailId;
use crate::domain::mail::{MailRefused, MailState};
use crate::operations::mails::send_mail_again;
use crate::web::context::{Admin, Id};
use crate::web::error::PageError;
use crate::web::letters::{self, Letter, Letterhead};
use crate::web::respond::{self, Answer};
use crate::web::server::{LettersAreFiles, Secrets};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "admin/mail.html")]
struct Page {
    shell: Shell,
    mail: Mail,
    name: String,
    heading: &'static str,
    letter: Option<Letter>,
    made: Moment,
    /// What the time below is, and the time.
    next: Option<(&'static str, Moment)>,
}

/// Shows it. With a mail server its words are its reader's alone: they may hold a link by which an account is opened.
pub async fn page(by: Admin, database: Database, id: Id<MailId>, are_files: Data<LettersAreFiles>, head: Data<Letterhead>) -> Answer {
    let (id, are_files) = (id.0, are_files.0);
    let read = database.run(move |conn| {
        let Some((mail, name)) = mails::find(conn, id)? else { return Ok(None) };
        let letter = if are_files { letters::compose(conn, &head, &mail.as_claimed())? } else { None };
        Ok(Some((mail, name, letter)))
    });
    let (mail, name, letter) = read.await?.ok_or(PageError::NotFound)?;
    let shell = by.shell();
    let made = shown::exact(&shell.clock, mail.made_at);
    let next = match (mail.state, mail.done_at) {
        (_, Some(at)) => Some((mail.state.label(), shown::exact(&shell.clock, at))),
        (MailState::Waiting, None) => Some(("Next attempt", shown::exact(&shell.clock, mail.due_at))),
        _ => None,
    };
    respond::page(&Page { heading: kind(mail.kind), shell, mail, name, letter, made, next })
}

/// Puts a letter that failed back in the queue.
pub async fn again(by: Admin, database: Database, id: Id<MailId>, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    let done = database.change(move |conn| send_mail_again(conn, user, id)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/admin/mails/{id}"), "good", "The letter waits to be sent once more."),
        Err(MailRefused::Missing) => Err(PageError::NotFound),
        Err(why @ MailRefused::StateIs(state)) => {
            Err(PageError::refused(&why, format!("This letter is not among those that failed any more: {}.", state.label().to_lowercase())))
        }
    }
}
