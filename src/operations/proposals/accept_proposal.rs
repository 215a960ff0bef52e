//! The award: exactly one proposal wins.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, projects, proposals, transaction};
use crate::domain::ids::{ContractId, ProjectId, ProposalId, UserId};
use crate::domain::project::{AwardRefused, Judged, ProjectStatus, Seen};
use crate::operations::refused;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// The one contract.
    pub contract: ContractId,
    /// Whether this very call made it; otherwise the same proposal had been accepted before.
    pub new: bool,
}

/// Accepts a proposal at the version that was seen: locks its project, reads again, decides, writes all of it.
///
/// # Errors
/// [`AwardRefused`], recorded; or whatever broke, with nothing written.
pub fn accept_proposal(conn: &mut Connection<'_>, by: UserId, id: ProposalId, seen: Seen) -> Result<Accepted, Failure<AwardRefused>> {
    let project = proposals::project_of(conn, id)?.ok_or(Failure::Refused(AwardRefused::Missing))?;
    let attempt = Attempt { by, act: "accept_proposal", project: Some(project), proposal: Some(id) };
    refused(conn, attempt, |conn| {
        refuse_early(conn, by, project, id)?;
        transaction(conn, |tx| accept(tx, by, project, id, seen))
    })
}

/// What is read before the lock may refuse, never grant: whoever comes late need not queue for a decided project.
fn refuse_early(conn: &mut Connection<'_>, by: UserId, project: ProjectId, id: ProposalId) -> Result<(), Failure<AwardRefused>> {
    let project = projects::find(conn, project)?.ok_or(Failure::Refused(AwardRefused::Missing))?;
    let decided = !matches!(project.status, ProjectStatus::Open);
    if decided && project.accepted_proposal_id != Some(id) {
        let member = projects::membership(conn, project.organisation_id, by)?.ok_or(Failure::Refused(AwardRefused::Missing))?;
        let why = if member.role.manages_projects() { AwardRefused::ProjectIs(project.status) } else { AwardRefused::NotAllowed };
        return Err(Failure::Refused(why));
    }
    Ok(())
}

fn accept(tx: &mut Tx<'_>, by: UserId, project: ProjectId, id: ProposalId, seen: Seen) -> Result<Accepted, Failure<AwardRefused>> {
    let missing = Failure::Refused(AwardRefused::Missing);
    let Some(mut project) = projects::lock_for_award(tx, project)? else {
        return Err(missing);
    };
    let member = projects::membership(tx, project.organisation_id, by)?;
    let Some(bid) = proposals::bid(tx, &project, id)? else {
        return Err(missing);
    };
    let at = project.at;
    match project.award(member.as_ref(), bid, seen, at).map_err(Failure::Refused)? {
        Judged::Already(contract) => Ok(Accepted { contract, new: false }),
        Judged::New(award) => {
            projects::write_award(tx, &mut project, &award)?;
            Ok(Accepted { contract: award.contract(), new: true })
        }
    }
}
