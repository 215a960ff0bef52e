//! The digest: what somebody has not read, newest first.

use super::{Content, Letterhead};
use crate::db::mails::told_before;
use crate::db::{PgConnection, QueryResult, notices};
use crate::domain::ids::NoticeId;
use crate::domain::mail::{Claimed, MailKind};
use crate::web::notices::words;

/// What it says: of the newest notices those that are unread and that no digest told of before; nothing if all are read by
/// now. What came after it was made stands in the next one.
pub fn content(conn: &mut PgConnection, head: &Letterhead, mail: &Claimed) -> QueryResult<Option<Content>> {
    let Some(up_to) = mail.notice else { return Ok(None) };
    let before = told_before(conn, mail.user, up_to)?.unwrap_or(NoticeId(0));
    let page = notices::page(conn, mail.user, Some(NoticeId(up_to.0 + 1)))?;
    let at_once = |kind: &str| MailKind::parse(kind).is_some();
    let rows = page.rows.iter().filter(|row| row.unread && row.id > before && !at_once(&row.kind));
    let lines: Vec<String> = rows
        .filter_map(|row| {
            let reference = row.project.map(|id| format!("[{}] ", id.reference())).unwrap_or_default();
            words::told(row).map(|said| format!("{reference}{}", said.text))
        })
        .collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let more = page.more && page.rows.last().is_some_and(|last| last.id > before);
    let subject = match (lines.len(), more) {
        (count, true) => format!("{count} or more things you have not read"),
        (1, false) => "1 thing you have not read".to_owned(),
        (count, false) => format!("{count} things you have not read"),
    };
    Ok(Some(Content {
        subject,
        paragraphs: lines,
        action: Some((head.address("/notices"), "Read your notices".to_owned())),
        notes: Vec::new(),
        why: "You get this letter because you want a digest of what you have not read.".to_owned(),
    }))
}
