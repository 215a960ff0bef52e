//! Telling people that proposals for a project close soon.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, Tx, events, notices, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::ProjectId;
use crate::domain::notice::{DECIDERS, Notice, NoticeKind};

/// Tells those who decide, those who are invited and have not offered, and those who have begun a proposal and not sent it,
/// once for each deadline, under the project's lock. Answers whether this very call did.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn tell_of_deadline(conn: &mut Connection<'_>, id: ProjectId) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| tell(tx, id))
}

fn tell(tx: &mut Tx<'_>, id: ProjectId) -> Result<bool, Failure<Infallible>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Ok(false) };
    if !project.deadline_is_near(project.at) || !projects::write_reminded(tx, &project, EventKind::DeadlineNear)? {
        return Ok(false);
    }
    let deadline = project.deadline;
    events::append(tx, &mut project, Happening::by_house(EventKind::DeadlineNear).facts(json!({ "deadline": deadline })))?;
    let members = Notice::members(NoticeKind::DeadlineNear, project.organisation_id, DECIDERS);
    notices::tell(tx, &project, None, &[Notice::waited_for(NoticeKind::DeadlineNear, id), members])?;
    Ok(true)
}
