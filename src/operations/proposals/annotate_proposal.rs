//! Writing the members' private note on a proposal.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, marks, transaction};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::proposal::MarkRefused;
use crate::domain::words::Note;
use crate::operations::refused;

/// Writes the note over the version that was read; no words clear it. Sending the same words again changes nothing.
///
/// # Errors
/// [`MarkRefused`], recorded; or whatever broke, with nothing written.
pub fn annotate_proposal(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ProposalId,
    seen: Option<i32>,
    words: &Note,
) -> Result<ProjectId, Failure<MarkRefused>> {
    let attempt = Attempt { by, act: "annotate_proposal", project: None, proposal: Some(id) };
    // A form that names no version has read none.
    let seen = seen.unwrap_or_default();
    refused(conn, attempt, |conn| transaction(conn, |tx| annotate(tx, by, id, seen, words)))
}

fn annotate(tx: &mut Tx<'_>, by: UserId, id: ProposalId, seen: i32, words: &Note) -> Result<ProjectId, Failure<MarkRefused>> {
    let Some((project, member)) = marks::ground(tx, id, by)? else {
        return Err(Failure::Refused(MarkRefused::Missing));
    };
    project.may_mark(member.as_ref()).map_err(Failure::Refused)?;
    let settled = marks::note_is(tx, id, words)? || marks::write_note(tx, id, seen, words, by)? || marks::note_is(tx, id, words)?;
    if settled { Ok(project.id) } else { Err(Failure::Refused(MarkRefused::NoteChanged { seen })) }
}
