//! Putting a draft away.

use crate::db::{Connection, Failure, drafts};
use crate::domain::draft::{DraftRefused, Form};
use crate::domain::ids::{DraftId, UserId};

/// Puts one of a person's own drafts away, to be brought back for a day. Answers what it was for.
///
/// # Errors
/// [`DraftRefused::Missing`]; or whatever broke, with nothing written.
pub fn discard_draft(conn: &mut Connection<'_>, by: UserId, id: DraftId) -> Result<Form, Failure<DraftRefused>> {
    drafts::write_discarded(conn, by, id)?.ok_or(Failure::Refused(DraftRefused::Missing))
}
