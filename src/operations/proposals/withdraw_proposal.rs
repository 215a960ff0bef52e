//! Taking one's own proposal back.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, notices, projects, proposals, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::notice::{DECIDERS, Notice, NoticeKind};
use crate::domain::proposal::{ProposalStatus, WithdrawRefused};
use crate::operations::{once, refused};

/// Withdraws the freelancer's own proposal, under the project's lock. It can be sent again while the project is open.
///
/// # Errors
/// [`WithdrawRefused`], recorded; or whatever broke, with nothing written.
pub fn withdraw_proposal(conn: &mut Connection<'_>, by: UserId, id: ProposalId) -> Result<(), Failure<WithdrawRefused>> {
    let project = proposals::project_of(conn, id)?.ok_or(Failure::Refused(WithdrawRefused::Missing))?;
    let attempt = Attempt { by, act: "withdraw_proposal", project: Some(project), proposal: Some(id) };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| withdraw(tx, by, project, id))))
}

fn withdraw(tx: &mut Tx<'_>, by: UserId, project: ProjectId, id: ProposalId) -> Result<(), Failure<WithdrawRefused>> {
    let missing = Failure::Refused(WithdrawRefused::Missing);
    let Some(mut project) = projects::lock(tx, project)? else {
        return Err(missing);
    };
    let Some(proposal) = proposals::find(tx, id)? else {
        return Err(missing);
    };
    project.may_withdraw(by, &proposal).map_err(Failure::Refused)?;
    proposals::write_withdrawn(tx, &project, &proposal)?;
    let what = Happening::by(by, EventKind::ProposalWithdrawn)
        .moved(Some(ProposalStatus::Pending.as_str()), ProposalStatus::Withdrawn.as_str())
        .proposal(id);
    proposals::append(tx, &mut project, what, -1)?;
    let notice = Notice::members(NoticeKind::ProposalWithdrawn, project.organisation_id, DECIDERS).about(id);
    notices::tell(tx, &project, by, &[notice])?;
    Ok(())
}
