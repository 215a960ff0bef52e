//! Undoing a decline.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, projects, proposals, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::proposal::{DeclineRefused, ProposalStatus};
use crate::operations::{once, refused};

/// Puts a declined proposal back to pending, while its project is open.
///
/// # Errors
/// [`DeclineRefused`], recorded; or whatever broke, with nothing written.
pub fn undecline_proposal(conn: &mut Connection<'_>, by: UserId, id: ProposalId) -> Result<ProjectId, Failure<DeclineRefused>> {
    let project = proposals::project_of(conn, id)?.ok_or(Failure::Refused(DeclineRefused::Missing))?;
    let attempt = Attempt { by, act: "undecline_proposal", project: Some(project), proposal: Some(id) };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| undecline(tx, by, project, id))))?;
    Ok(project)
}

fn undecline(tx: &mut Tx<'_>, by: UserId, project: ProjectId, id: ProposalId) -> Result<(), Failure<DeclineRefused>> {
    let missing = Failure::Refused(DeclineRefused::Missing);
    let Some(mut project) = projects::lock(tx, project)? else {
        return Err(missing);
    };
    let Some(proposal) = proposals::find(tx, id)? else {
        return Err(missing);
    };
    let member = projects::membership(tx, project.organisation_id, by)?;
    project.may_undecline(member.as_ref(), &proposal).map_err(Failure::Refused)?;
    proposals::write_undeclined(tx, &project, &proposal)?;
    let what = Happening::by(by, EventKind::ProposalUndeclined)
        .moved(Some(ProposalStatus::Rejected.as_str()), ProposalStatus::Pending.as_str())
        .proposal(id);
    events::append(tx, &mut project, what)?;
    Ok(())
}
