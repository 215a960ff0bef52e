//! Calling a project off.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, notices, projects, transaction};
use crate::domain::chain::words_hash;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::notice::{MEMBERS, Notice, NoticeKind};
use crate::domain::project::{ChangeRefused, ProjectStatus};
use crate::domain::words::Reason;
use crate::operations::{once, refused};

/// Cancels a draft or an open project, under its lock; pending proposals are rejected with it.
///
/// # Errors
/// [`ChangeRefused`], recorded; or whatever broke, with nothing written.
pub fn cancel_project(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ProjectId,
    seen: Option<i32>,
    reason: &Reason,
) -> Result<(), Failure<ChangeRefused>> {
    let attempt = Attempt { by, act: "cancel_project", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| cancel(tx, by, id, seen, reason))))
}

fn cancel(tx: &mut Tx<'_>, by: UserId, id: ProjectId, seen: Option<i32>, reason: &Reason) -> Result<(), Failure<ChangeRefused>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Err(Failure::Refused(ChangeRefused::Missing)) };
    let member = projects::membership(tx, project.organisation_id, by)?;
    project.may_cancel(member.as_ref(), seen).map_err(Failure::Refused)?;
    projects::write_cancelled(tx, &project, reason.as_str())?;
    let what = Happening::by(by, EventKind::ProjectCancelled)
        .moved(Some(project.status.as_str()), ProjectStatus::Cancelled.as_str())
        .facts(json!({ "version": project.version, "reason": words_hash(&project.salt, &[reason.as_str()]) }));
    events::append(tx, &mut project, what)?;
    let members = Notice::members(NoticeKind::ProjectCancelled, project.organisation_id, MEMBERS);
    notices::tell(tx, &project, by, &[Notice::bidders(NoticeKind::ProjectCancelled, id), members])?;
    Ok(())
}
