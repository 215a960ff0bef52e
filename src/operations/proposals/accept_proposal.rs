//! The award: exactly one proposal wins.

use crate::db::proposals::{Judged, Outlook};
use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, notices, projects, proposals, transaction};
use crate::domain::ids::{ContractId, ProjectId, ProposalId, UserId};
use crate::domain::project::{self, AwardRefused, ProjectStatus, Seen};
use crate::operations::{Outcome, once, refused};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// The one contract.
    pub contract: ContractId,
    /// Whether this very call made it; otherwise the same proposal had been accepted before.
    pub new: bool,
}

impl Outcome for Accepted {
    fn kept(&self) -> (i64, bool) {
        (self.contract.0, self.new)
    }
    fn again(made: i64, new: bool) -> Self {
        Self { contract: ContractId(made), new }
    }
}

/// Accepts a proposal at the version that was seen: locks its project, reads again, decides, writes all of it.
///
/// # Errors
/// [`AwardRefused`], recorded; or whatever broke, with nothing written.
pub fn accept_proposal(conn: &mut Connection<'_>, by: UserId, id: ProposalId, seen: Seen) -> Result<Accepted, Failure<AwardRefused>> {
    let outlook = proposals::outlook(conn, id, by)?.ok_or(Failure::Refused(AwardRefused::Missing))?;
    let attempt = Attempt { by, act: "accept_proposal", project: Some(outlook.project), proposal: Some(id) };
    refused(conn, attempt, |conn| {
        refuse_early(&outlook, id)?;
        transaction(conn, |tx| once(tx, by, |tx| accept(tx, by, outlook.project, id, seen)))
    })
}

/// What is read before the lock may refuse, never grant: whoever comes late need not queue for a decided project.
fn refuse_early(outlook: &Outlook, id: ProposalId) -> Result<(), Failure<AwardRefused>> {
    let role = outlook.role.ok_or(Failure::Refused(AwardRefused::Missing))?;
    if !role.manages_projects() {
        return Err(Failure::Refused(AwardRefused::NotAllowed));
    }
    let decided = outlook.status != ProjectStatus::Open && outlook.accepted != Some(id);
    if decided { Err(Failure::Refused(AwardRefused::ProjectIs(outlook.status))) } else { Ok(()) }
}

fn accept(tx: &mut Tx<'_>, by: UserId, project: ProjectId, id: ProposalId, seen: Seen) -> Result<Accepted, Failure<AwardRefused>> {
    let missing = || Failure::Refused(AwardRefused::Missing);
    let project = projects::lock_for_award(tx, project)?.ok_or_else(missing)?;
    let Judged { mut project, by, bid } = proposals::bid(tx, project, id, by)?.ok_or_else(missing)?;
    let at = project.at;
    match project.award(by.as_ref(), bid, seen, at).map_err(Failure::Refused)? {
        project::Judged::Already(contract) => Ok(Accepted { contract, new: false }),
        project::Judged::New(award) => {
            projects::write_award(tx, &mut project, &award)?;
            notices::tell(tx, &project, award.by(), &award.notices(&project))?;
            Ok(Accepted { contract: award.contract(), new: true })
        }
    }
}
