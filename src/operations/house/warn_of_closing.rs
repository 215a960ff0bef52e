//! Telling a client's people that a project will be closed because nobody decides on it.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, Tx, events, notices, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::ProjectId;
use crate::domain::notice::{MEMBERS, Notice, NoticeKind};
use crate::domain::project::ClosesAfter;

/// Tells them, once for each deadline, under the project's lock. Answers whether this very call did.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn warn_of_closing(conn: &mut Connection<'_>, id: ProjectId, rule: ClosesAfter) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| warn(tx, id, rule))
}

fn warn(tx: &mut Tx<'_>, id: ProjectId, rule: ClosesAfter) -> Result<bool, Failure<Infallible>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Ok(false) };
    let Some(closes) = project.closes_by_itself(rule, project.at) else { return Ok(false) };
    if !projects::write_reminded(tx, &project, EventKind::ClosingAhead)? {
        return Ok(false);
    }
    let deadline = project.deadline;
    let what = Happening::by_house(EventKind::ClosingAhead).facts(json!({ "deadline": deadline, "closes": closes }));
    events::append(tx, &mut project, what)?;
    notices::tell(tx, &project, None, &[Notice::members(NoticeKind::ClosingAhead, project.organisation_id, MEMBERS)])?;
    Ok(true)
}
