//! Closing a project on which nobody decided.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, Tx, events, notices, projects, transaction};
use crate::domain::chain::words_hash;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::ProjectId;
use crate::domain::notice::{MEMBERS, Notice, NoticeKind};
use crate::domain::project::{ClosesAfter, ProjectStatus};

/// Cancels an open project long after its deadline, in the house's name, under its lock; pending proposals are rejected with
/// it. All is judged anew there: whoever moved the deadline or decided meanwhile was first, and nothing is done. Answers
/// whether this very call closed it.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn close_overdue_project(conn: &mut Connection<'_>, id: ProjectId, rule: ClosesAfter) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| close(tx, id, rule))
}

fn close(tx: &mut Tx<'_>, id: ProjectId, rule: ClosesAfter) -> Result<bool, Failure<Infallible>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Ok(false) };
    let warned_at = projects::warned_at(tx, &project)?;
    let Some(closing) = project.overdue(rule, warned_at, project.at) else { return Ok(false) };
    projects::write_cancelled(tx, &project, closing.reason())?;
    let what = Happening::by_house(EventKind::ProjectCancelled)
        .moved(Some(project.status.as_str()), ProjectStatus::Cancelled.as_str())
        .facts(json!({ "version": project.version, "deadline": project.deadline, "days": rule.count(), "reason": words_hash(&project.salt, &[closing.reason()]) }));
    events::append(tx, &mut project, what)?;
    let members = Notice::members(NoticeKind::ProjectCancelled, project.organisation_id, MEMBERS);
    notices::tell(tx, &project, None, &[Notice::bidders(NoticeKind::ProjectCancelled, id), members])?;
    Ok(true)
}
