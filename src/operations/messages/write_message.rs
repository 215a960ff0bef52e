//! Writing a message about a proposal or a contract.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::request_keys::{self, Claim};
use crate::db::{Connection, Failure, Tx, events, files, messages, notices, projects, transaction};
use crate::domain::chain::words_hash;
use crate::domain::event::{EventKind, Happening};
use crate::domain::file::On;
use crate::domain::ids::{FileId, MessageId, ProjectId, UserId};
use crate::domain::message::{About, Side, WriteRefused, may_write};
use crate::domain::notice::{DECIDERS, Notice, NoticeKind};
use crate::domain::request::Request;
use crate::domain::words::MessageWords;
use crate::operations::refused;

/// What somebody writes.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// The words.
    pub words: MessageWords,
    /// Files of theirs that wait.
    pub files: Vec<FileId>,
}

impl From<MessageWords> for NewMessage {
    fn from(words: MessageWords) -> Self {
        Self { words, files: Vec::new() }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrote {
    /// The message.
    pub id: MessageId,
    /// Its place in the thread.
    pub number: i32,
}

/// Writes a message, under the project's lock; the first one begins the thread. With the same request a second time,
/// answers the one that was written.
///
/// # Errors
/// [`WriteRefused`], recorded; or whatever broke, with nothing written.
pub fn write_message(
    conn: &mut Connection<'_>,
    by: UserId,
    about: About,
    what: &NewMessage,
    request: Option<&Request>,
) -> Result<Wrote, Failure<WriteRefused>> {
    let project = messages::project_of(conn, about)?.ok_or(Failure::Refused(WriteRefused::Missing))?;
    let proposal = if let About::Proposal(id) = about { Some(id) } else { None };
    let attempt = Attempt { by, act: "write_message", project: Some(project), proposal };
    refused(conn, attempt, |conn| transaction(conn, |tx| write(tx, by, project, about, what, request)))
}

fn write(
    tx: &mut Tx<'_>,
    by: UserId,
    project: ProjectId,
    about: About,
    what: &NewMessage,
    request: Option<&Request>,
) -> Result<Wrote, Failure<WriteRefused>> {
    let missing = || Failure::Refused(WriteRefused::Missing);
    let mut project = projects::lock(tx, project)?.ok_or_else(missing)?;
    if let Some(request) = request {
        match request_keys::claim(tx, by, request)? {
            Claim::New => {}
            Claim::Done(made) => return Ok(Wrote { id: MessageId(made), number: messages::place(tx, MessageId(made))? }),
            Claim::Reused => return Err(Failure::Refused(WriteRefused::KeyReused)),
        }
    }
    let ground = messages::ground(tx, about, by)?.ok_or_else(missing)?;
    let side = ground.side().ok_or_else(missing)?;
    may_write(side, about, ground.thread.is_some(), project.status, ground.proposal_status).map_err(Failure::Refused)?;
    let thread = match ground.thread {
        Some(thread) => thread,
        None => messages::write_begun(tx, &project, about, &ground, by)?,
    };
    let number = ground.count + 1;
    let id = messages::write_sent(tx, &project, (thread, number), by, &what.words)?;
    if !what.files.is_empty() && !files::write_added(tx, by, &what.files, On::Message(id))? {
        return Err(Failure::Refused(WriteRefused::FileGone));
    }
    let hash = words_hash(&project.salt, &[what.words.as_str()]);
    let mut facts = match about {
        About::Proposal(_) => json!({ "thread": thread, "number": number, "words": hash }),
        About::Contract(contract) => json!({ "thread": thread, "number": number, "words": hash, "contract": contract }),
    };
    if let Some(facts) = facts.as_object_mut().filter(|_| !what.files.is_empty()) {
        facts.insert("files".to_owned(), json!(what.files));
    }
    events::append(tx, &mut project, Happening::by(by, EventKind::MessageSent).proposal(ground.proposal).facts(facts))?;
    let told = match side {
        Side::Freelancer => Notice::members(NoticeKind::NewMessage, project.organisation_id, DECIDERS),
        Side::Client(_) => Notice::person(NoticeKind::NewMessage, ground.freelancer),
    };
    notices::tell(tx, &project, by, &[told.about(ground.proposal)])?;
    if let Some(request) = request {
        request_keys::keep(tx, by, &request.key, id.0)?;
    }
    Ok(Wrote { id, number })
}
