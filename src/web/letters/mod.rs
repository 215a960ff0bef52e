//! Letters to people: worded when they are sent, from what is true then and from what their reader may read.

mod account;
mod digest;
mod kept;
mod letterhead;
mod notice;
pub mod stop;

use std::convert::Infallible;

use askama::Template;

use crate::db::mails::Reader;
use crate::db::{Failure, PgConnection, mails};
use crate::domain::mail::{Claimed, MailKind};

pub use letterhead::Letterhead;

/// A letter as it is sent.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its reader's name, one line.
    pub name: String,
    /// Where it goes.
    pub address: String,
    /// One line, which begins with the reference.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// The address by which the reader gets no more of its kind; nothing for letters that everybody gets.
    pub stop: Option<String>,
}

/// What a letter says, before it is laid out.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    /// The subject, without the reference.
    pub subject: String,
    /// Whole sentences.
    pub paragraphs: Vec<String>,
    /// The one address that it leads to, and the words of the link.
    pub action: Option<(String, String)>,
    /// What has to be known besides.
    pub notes: Vec<String>,
    /// Why the reader gets it.
    pub why: String,
}

#[derive(Template)]
#[template(path = "mails/letter.txt")]
struct Plain<'l> {
    name: &'l str,
    content: &'l Content,
    stop: Option<&'l str>,
    settings: Option<&'l str>,
}

#[derive(Template)]
#[template(path = "mails/letter.html")]
struct Html<'l> {
    subject: &'l str,
    name: &'l str,
    content: &'l Content,
    stop: Option<&'l str>,
    settings: Option<&'l str>,
}

/// The letter as it reads now; nothing where there is nothing (any more) to be said, or its reader wants none.
///
/// # Errors
/// Whatever broke.
pub fn compose(conn: &mut PgConnection, head: &Letterhead, mail: &Claimed) -> Result<Option<Letter>, Failure<Infallible>> {
    let Some(reader) = mails::reader(conn, mail.user)?.filter(|reader| reader.choice.takes(mail.kind)) else { return Ok(None) };
    let content = match mail.kind {
        MailKind::Awarded | MailKind::NotSelected | MailKind::Invited => notice::content(conn, head, mail)?,
        MailKind::ResetPassword | MailKind::ConfirmEmail | MailKind::ChangeEmail | MailKind::EmailChanged => {
            account::content(conn, head, mail, &reader)?
        }
        MailKind::Suspended | MailKind::LetIn => kept::content(conn, head, mail, &reader)?,
        MailKind::Digest => digest::content(conn, head, mail)?,
    };
    Ok(content.and_then(|content| laid_out(head, mail, reader, &content)))
}

fn laid_out(head: &Letterhead, mail: &Claimed, reader: Reader, content: &Content) -> Option<Letter> {
    let (name, address) = (one_line(&reader.name), mail.address.clone().unwrap_or(reader.email));
    let stop = mail.kind.can_be_left_off().then(|| head.stop_address(reader.id, mail.kind));
    let settings = stop.is_some().then(|| head.address("/notices/settings"));
    let (settings, stopped) = (settings.as_deref(), stop.as_deref());
    let subject = one_line(&format!("[{}] {}", mail.reference, content.subject));
    // A template that is laid out in memory does not fail.
    let text = Plain { name: &name, content, stop: stopped, settings }.render().ok()?;
    let html = Html { subject: &subject, name: &name, content, stop: stopped, settings }.render().ok()?;
    Some(Letter { name, address, subject, text, html, stop })
}

/// Words as one line, so that they can stand in a header.
pub fn one_line(words: &str) -> String {
    let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_has_one_line() {
        assert_eq!(one_line("Ada\r\nBcc: all@example.org\u{85} \u{2028}x\0"), "Ada Bcc: all@example.org x");
    }
}
