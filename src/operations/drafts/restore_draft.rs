//! Bringing a draft back.

use crate::db::{Connection, Failure, Fault, drafts};
use crate::domain::draft::{DraftRefused, Form};
use crate::domain::ids::{DraftId, UserId};

/// Brings back one of a person's own drafts that was put away. Answers what it is for.
///
/// # Errors
/// [`DraftRefused`]; or whatever broke, with nothing written.
pub fn restore_draft(conn: &mut Connection<'_>, by: UserId, id: DraftId) -> Result<Form, Failure<DraftRefused>> {
    let restored = drafts::write_restored(conn, by, id).map_err(|error| {
        let fault = Fault::from(error);
        if fault.constraint() == Some("drafts_at_most_fifty") { Failure::Refused(DraftRefused::TooMany) } else { fault.into() }
    })?;
    restored.ok_or(Failure::Refused(DraftRefused::Missing))
}
