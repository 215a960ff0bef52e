//! Turning a proposal down, with a reason; it can be undone until the award.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, projects, proposals, transaction};
use crate::domain::chain::words_hash;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::proposal::{Decline, DeclineRefused, ProposalStatus};
use crate::operations::{once, refused};

/// Declines a pending proposal at the version that was read, under the project's lock. Its freelancer goes on seeing
/// Pending until the project is decided; whether the reason is told then, is the decline's to say.
///
/// # Errors
/// [`DeclineRefused`], recorded; or whatever broke, with nothing written.
pub fn decline_proposal(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ProposalId,
    seen: Option<i32>,
    decline: impl Into<Decline>,
) -> Result<ProjectId, Failure<DeclineRefused>> {
    let decline = decline.into();
    let project = proposals::project_of(conn, id)?.ok_or(Failure::Refused(DeclineRefused::Missing))?;
    let attempt = Attempt { by, act: "decline_proposal", project: Some(project), proposal: Some(id) };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| turn_down(tx, by, project, id, seen, &decline))))?;
    Ok(project)
}

fn turn_down(
    tx: &mut Tx<'_>,
    by: UserId,
    project: ProjectId,
    id: ProposalId,
    seen: Option<i32>,
    decline: &Decline,
) -> Result<(), Failure<DeclineRefused>> {
    let missing = Failure::Refused(DeclineRefused::Missing);
    let Some(mut project) = projects::lock(tx, project)? else {
        return Err(missing);
    };
    let Some(proposal) = proposals::find(tx, id)? else {
        return Err(missing);
    };
    let member = projects::membership(tx, project.organisation_id, by)?;
    project.may_decline(member.as_ref(), &proposal, seen).map_err(Failure::Refused)?;
    proposals::write_declined(tx, &project, &proposal, by, decline)?;
    let what = Happening::by(by, EventKind::ProposalDeclined)
        .moved(Some(ProposalStatus::Pending.as_str()), ProposalStatus::Rejected.as_str())
        .proposal(id)
        .facts(json!({ "version": proposal.version, "reason": words_hash(&proposal.salt, &[decline.reason.as_str()]), "shared": decline.shared }));
    events::append(tx, &mut project, what)?;
    Ok(())
}
