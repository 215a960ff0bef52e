//! Notices, messages and questions as rows.

use super::list::{NotShown, Part, Read};
use super::table::Cell;
use crate::db::enquiries::{self, Asked, Which};
use crate::db::messages::{self, Listed, Written};
use crate::db::notices::{self, Row};
use crate::db::{Failure, PgConnection, Portion, projects};
use crate::domain::ids::{EnquiryId, MessageId, NoticeId, ProjectId, UserId};
use crate::domain::message::About;
use crate::domain::notice::NoticeKind;

/// Columns of notices.
pub const NOTICES: &[&str] = &["Notice", "At", "Read", "Kind", "Project", "Title", "Client", "Proposal", "Who"];

/// What the reader was told. Of what they may read no longer, that there was something.
pub fn notices(conn: &mut PgConnection, reader: UserId, after: Option<i64>) -> Read {
    let found = notices::portion(conn, reader, after.map(NoticeId), Portion::Batch)?;
    Ok(Part::of(&found.rows, found.more, |row| row.id.0, notice))
}

fn notice(row: &Row) -> Vec<Cell> {
    let mut cells = vec![Cell::text(row.id.reference()), Cell::Time(row.at), Cell::Yes(!row.unread)];
    if !NoticeKind::parse(&row.kind).is_some_and(|kind| row.is_readable(kind)) {
        cells.resize(NOTICES.len(), Cell::None);
        return cells;
    }
    cells.extend([
        Cell::text(&row.kind),
        Cell::maybe(row.project, |id| Cell::text(id.reference())),
        Cell::maybe(row.title.as_ref(), Cell::text),
        Cell::maybe(row.client.as_ref(), Cell::text),
        Cell::maybe(row.proposal, |id| Cell::text(id.reference())),
        // a freelancer reads what the client did, not who of its members
        Cell::maybe(row.actor.as_ref().filter(|_| row.is_member), Cell::text),
    ]);
    cells
}

/// Columns of threads.
pub const THREADS: &[&str] = &["About", "Project", "Title", "Client", "Freelancer", "New messages", "Last message", "By", "Words"];

/// With whom the reader writes.
pub fn threads(conn: &mut PgConnection, reader: UserId, after: Option<i64>) -> Read {
    let (found, more) = messages::portion(conn, reader, after.map(MessageId), Portion::Batch)?;
    let cells = |thread: &Listed| {
        vec![
            Cell::text(thread.about().reference()),
            Cell::text(thread.project.reference()),
            Cell::text(&thread.title),
            Cell::text(&thread.client),
            Cell::text(&thread.freelancer),
            Cell::Number(thread.unread.into()),
            Cell::Time(thread.at),
            Cell::text(&thread.author),
            Cell::text(&thread.words),
        ]
    };
    Ok(Part::of(&found, more, |thread| thread.last.0, cells))
}

/// Columns of messages.
pub const MESSAGES: &[&str] = &["Number", "At", "By", "Words"];

/// What was written about a proposal or a contract, for both sides.
pub fn messages(conn: &mut PgConnection, about: About, reader: UserId, after: Option<i64>) -> Read {
    let ground = messages::ground(conn, about, reader)?.filter(|ground| ground.side().is_some());
    let thread = ground.ok_or(Failure::Refused(NotShown::Missing))?.thread;
    let from = after.and_then(|after| i32::try_from(after).ok()).unwrap_or(0).saturating_add(1);
    let (found, more) = match thread {
        Some(thread) => messages::batch(conn, thread, from, reader)?,
        None => (Vec::new(), false),
    };
    let cells =
        |one: &Written| vec![Cell::Number(one.number.into()), Cell::Time(one.at), Cell::text(&one.author_name), Cell::text(&one.words)];
    Ok(Part::of(&found, more, |one| one.number.into(), cells))
}

/// Columns of questions.
pub const QUESTIONS: &[&str] = &["Question", "Asked", "Words", "Answer", "Answered", "By", "Corrections"];

/// What was asked about a project, and the answer that holds. Who asked is shown to nobody.
pub fn questions(conn: &mut PgConnection, id: ProjectId, reader: Option<UserId>, after: Option<i64>) -> Read {
    projects::seen_by(conn, id, reader)?.ok_or(Failure::Refused(NotShown::Missing))?;
    let (found, more) = enquiries::portion(conn, Which::Of(id, after.map(EnquiryId)), reader, Portion::Batch)?;
    let cells = |one: &Asked| {
        let answer = one.answers.last();
        vec![
            Cell::text(one.id.reference()),
            Cell::Time(one.at),
            Cell::text(&one.words),
            Cell::maybe(answer, |answer| Cell::text(&answer.words)),
            Cell::maybe(answer, |answer| Cell::Time(answer.at)),
            Cell::maybe(answer, |answer| Cell::text(&answer.by)),
            Cell::maybe(answer, |answer| Cell::Number(i64::from(answer.number) - 1)),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}
