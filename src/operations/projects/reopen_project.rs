//! Opening a project again whose contract ended early.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, notices, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::project::{ProjectStatus, ReopenRefused};
use crate::operations::{once, refused};

/// Opens an assigned project until a new deadline, under its lock: the winner is revoked, whoever was rejected may bid again
/// and is told so.
///
/// # Errors
/// [`ReopenRefused`], recorded; or whatever broke, with nothing written.
pub fn reopen_project(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ProjectId,
    deadline: DateTime<Utc>,
    seen: Option<i32>,
) -> Result<(), Failure<ReopenRefused>> {
    let attempt = Attempt { by, act: "reopen_project", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| reopen(tx, by, id, deadline, seen))))
}

fn reopen(tx: &mut Tx<'_>, by: UserId, id: ProjectId, deadline: DateTime<Utc>, seen: Option<i32>) -> Result<(), Failure<ReopenRefused>> {
    let mut project = projects::lock(tx, id)?.ok_or(Failure::Refused(ReopenRefused::Missing))?;
    let member = projects::membership(tx, project.organisation_id, by)?;
    let won = projects::contract_won(tx, project.accepted_proposal_id)?;
    let state = won.map(|(_, status)| status);
    project.may_reopen(member.as_ref(), state, deadline, seen, project.at).map_err(Failure::Refused)?;
    let assigned = Failure::Refused(ReopenRefused::ProjectIs(project.status));
    let (Some(winner), Some((contract, _))) = (project.accepted_proposal_id, won) else { return Err(assigned) };
    projects::write_reopened(tx, &project, winner, deadline)?;
    let what = Happening::by(by, EventKind::ProjectReopened)
        .moved(Some(project.status.as_str()), ProjectStatus::Open.as_str())
        .proposal(winner)
        .facts(json!({ "contract": contract, "version": project.version + 1, "scope_version": project.scope_version + 1 }));
    events::append(tx, &mut project, what)?;
    notices::tell(tx, &project, by, &[Notice::bidders(NoticeKind::ProjectReopened, id)])?;
    Ok(())
}
