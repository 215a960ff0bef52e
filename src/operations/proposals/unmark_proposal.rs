//! Taking a proposal off the short list, or bringing it back from the archive.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, marks, transaction};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::proposal::{MarkKind, MarkRefused};
use crate::operations::refused;

/// Takes a mark off, whoever set it; where there is none, nothing changes.
///
/// # Errors
/// [`MarkRefused`], recorded; or whatever broke, with nothing written.
pub fn unmark_proposal(conn: &mut Connection<'_>, by: UserId, id: ProposalId, kind: MarkKind) -> Result<ProjectId, Failure<MarkRefused>> {
    let attempt = Attempt { by, act: "unmark_proposal", project: None, proposal: Some(id) };
    refused(conn, attempt, |conn| transaction(conn, |tx| unmark(tx, by, id, kind)))
}

fn unmark(tx: &mut Tx<'_>, by: UserId, id: ProposalId, kind: MarkKind) -> Result<ProjectId, Failure<MarkRefused>> {
    let Some((project, member)) = marks::ground(tx, id, by)? else {
        return Err(Failure::Refused(MarkRefused::Missing));
    };
    project.may_mark(member.as_ref()).map_err(Failure::Refused)?;
    marks::write_lifted(tx, id, kind, by)?;
    Ok(project.id)
}
