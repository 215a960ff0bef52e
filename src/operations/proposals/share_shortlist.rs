//! Telling a freelancer that the proposal is on the short list.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, marks, notices, projects, proposals, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::proposal::{MarkKind, MarkRefused};
use crate::operations::refused;

/// Puts a pending proposal on the short list, if it is not there yet, and tells its freelancer, once. Other than a mark
/// among members this is told outside, so that it joins the history, under the project's lock.
///
/// # Errors
/// [`MarkRefused`], recorded; or whatever broke, with nothing written.
pub fn share_shortlist(conn: &mut Connection<'_>, by: UserId, id: ProposalId) -> Result<ProjectId, Failure<MarkRefused>> {
    let project = proposals::project_of(conn, id)?.ok_or(Failure::Refused(MarkRefused::Missing))?;
    let attempt = Attempt { by, act: "share_shortlist", project: Some(project), proposal: Some(id) };
    refused(conn, attempt, |conn| transaction(conn, |tx| share(tx, by, project, id)))?;
    Ok(project)
}

fn share(tx: &mut Tx<'_>, by: UserId, project: ProjectId, id: ProposalId) -> Result<(), Failure<MarkRefused>> {
    let missing = Failure::Refused(MarkRefused::Missing);
    let Some(mut project) = projects::lock(tx, project)? else {
        return Err(missing);
    };
    let Some(proposal) = proposals::find(tx, id)? else {
        return Err(missing);
    };
    let member = projects::membership(tx, project.organisation_id, by)?;
    project.may_share_shortlist(member.as_ref(), &proposal).map_err(Failure::Refused)?;
    if marks::write_set(tx, id, MarkKind::Shortlisted, true, by)? {
        events::append(tx, &mut project, Happening::by(by, EventKind::ProposalShortlisted).proposal(id))?;
        notices::tell(tx, &project, by, &[Notice::person(NoticeKind::Shortlisted, proposal.freelancer_id).about(id)])?;
    }
    Ok(())
}
