//! Giving up a kind of letters by the link that stands in each of them: a page that asks, and a POST that does it, also one
//! that a mail program sends by itself (RFC 8058). The link's sign is the permission; nobody needs to be signed in.

use actix_web::web::{Data, Path};
use askama::Template;

use super::Letterhead;
use crate::db::Database;
use crate::domain::ids::UserId;
use crate::domain::mail::MailKind;
use crate::operations::mails::give_up_mails;
use crate::web::context::Visitor;
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "mails/stop.html")]
struct Page {
    shell: Shell,
    address: String,
    kind: MailKind,
    done: bool,
}

/// Asks. Programs that look at every link in a letter change nothing.
pub async fn page(visitor: Visitor, head: Data<Letterhead>, link: Path<(String, String, String)>) -> Answer {
    let (_, kind) = read(&head, &link)?;
    let address = visitor.context.path.clone();
    respond::page(&Page { shell: visitor.shell(), address, kind, done: false })
}

/// Does it.
pub async fn submit(visitor: Visitor, head: Data<Letterhead>, database: Database, link: Path<(String, String, String)>) -> Answer {
    let (user, kind) = read(&head, &link)?;
    database.change(move |conn| give_up_mails(conn, user, kind)).await?;
    respond::page(&Page { shell: visitor.shell(), address: String::new(), kind, done: true })
}

fn read(head: &Letterhead, link: &(String, String, String)) -> Result<(UserId, MailKind), PageError> {
    let (user, kind, sign) = link;
    let (Ok(user), Some(kind)) = (user.parse(), MailKind::parse(kind)) else { return Err(PageError::NotFound) };
    // Not compared letter by letter: how long that takes would tell how much of a guess is right.
    let is_ours = crate::domain::chain::words_hash(&[], &[sign]) == crate::domain::chain::words_hash(&[], &[&head.stop_sign(user, kind)]);
    if is_ours && kind.can_be_left_off() { Ok((user, kind)) } else { Err(PageError::NotFound) }
}

impl Page {
    /// The letters, in words.
    fn letters(&self) -> &'static str {
        match self.kind {
            MailKind::Awarded => "letters that your proposal was accepted",
            MailKind::NotSelected => "letters that your proposal was not selected",
            MailKind::Invited => "letters that a client invites you to a project",
            _ => "digests of what you have not read",
        }
    }
}
