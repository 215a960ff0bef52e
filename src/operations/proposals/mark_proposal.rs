//! Putting a proposal on the short list, or out of the way.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, marks, transaction};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::proposal::{MarkKind, MarkRefused};
use crate::operations::refused;

/// Sets a mark among the client's members. Marking twice changes nothing.
/// The project is not locked: a mark hangs on no state, and each is a row of its own, written by one statement.
///
/// # Errors
/// [`MarkRefused`], recorded; or whatever broke, with nothing written.
pub fn mark_proposal(conn: &mut Connection<'_>, by: UserId, id: ProposalId, kind: MarkKind) -> Result<ProjectId, Failure<MarkRefused>> {
    let attempt = Attempt { by, act: "mark_proposal", project: None, proposal: Some(id) };
    refused(conn, attempt, |conn| transaction(conn, |tx| mark(tx, by, id, kind)))
}

fn mark(tx: &mut Tx<'_>, by: UserId, id: ProposalId, kind: MarkKind) -> Result<ProjectId, Failure<MarkRefused>> {
    let Some((project, member)) = marks::ground(tx, id, by)? else {
        return Err(Failure::Refused(MarkRefused::Missing));
    };
    project.may_mark(member.as_ref()).map_err(Failure::Refused)?;
    marks::write_set(tx, id, kind, false, by)?;
    Ok(project.id)
}
