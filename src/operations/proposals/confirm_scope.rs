//! Confirming a proposal for a project that changed after it was sent.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, notices, projects, proposals, transaction};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::notice::{DECIDERS, Notice, NoticeKind};
use crate::domain::proposal::ConfirmRefused;
use crate::operations::refused;

/// Confirms the freelancer's own proposal for the version of the project that they have seen, under the project's lock.
/// A second time changes nothing.
///
/// # Errors
/// [`ConfirmRefused`], recorded; or whatever broke, with nothing written.
pub fn confirm_scope(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ProposalId,
    seen_version: Option<i32>,
    seen_scope: Option<i32>,
) -> Result<(), Failure<ConfirmRefused>> {
    let project = proposals::project_of(conn, id)?.ok_or(Failure::Refused(ConfirmRefused::Missing))?;
    let attempt = Attempt { by, act: "confirm_scope", project: Some(project), proposal: Some(id) };
    refused(conn, attempt, |conn| transaction(conn, |tx| confirm(tx, by, project, id, (seen_version, seen_scope))))
}

fn confirm(
    tx: &mut Tx<'_>,
    by: UserId,
    project: ProjectId,
    id: ProposalId,
    (seen_version, seen_scope): (Option<i32>, Option<i32>),
) -> Result<(), Failure<ConfirmRefused>> {
    let missing = Failure::Refused(ConfirmRefused::Missing);
    let Some(mut project) = projects::lock(tx, project)? else {
        return Err(missing);
    };
    let Some(proposal) = proposals::find(tx, id)? else {
        return Err(missing);
    };
    if let Some(confirmation) = project.confirm_scope(by, &proposal, seen_version, seen_scope).map_err(Failure::Refused)? {
        proposals::write_confirmed(tx, &mut project, &proposal, &confirmation)?;
        let notice = Notice::members(NoticeKind::ProposalConfirmed, project.organisation_id, DECIDERS).about(id);
        notices::tell(tx, &project, by, &[notice])?;
    }
    Ok(())
}
