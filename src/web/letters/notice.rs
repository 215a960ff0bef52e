//! Letters of what somebody is told at once: how their proposal ended, and who invites them.

use super::{Content, Letterhead};
use crate::db::{PgConnection, QueryResult, notices};
use crate::domain::mail::{Claimed, MailKind};
use crate::web::notices::words;

/// What the notice says, to whoever may still read it.
pub fn content(conn: &mut PgConnection, head: &Letterhead, mail: &Claimed) -> QueryResult<Option<Content>> {
    let Some(notice) = mail.notice else { return Ok(None) };
    let row = notices::find(conn, mail.user, notice)?;
    let Some(said) = row.as_ref().and_then(words::told) else { return Ok(None) };
    let (why, notes) = match mail.kind {
        MailKind::Awarded => (BIDDER, vec!["The contract says what was agreed, and who is on the other side.".to_owned()]),
        MailKind::NotSelected => (BIDDER, vec!["The project’s history shows how it was decided.".to_owned()]),
        _ => (GUEST, vec!["You need not answer. Nobody but the client knows that you were asked.".to_owned()]),
    };
    Ok(Some(Content {
        subject: said.text.trim_end_matches('.').to_owned(),
        paragraphs: vec![said.text],
        action: said.link.map(|(path, label)| (head.address(&path), label.to_owned())),
        notes,
        why: why.to_owned(),
    }))
}

const BIDDER: &str = "You get this letter because you sent a proposal.";
const GUEST: &str = "You get this letter because you have a freelancer’s profile here.";
