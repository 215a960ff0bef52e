//! Keeping what somebody has typed.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Fault, drafts};
use crate::domain::draft::{DraftFields, DraftRefused, Form, Saved, Stamp};
use crate::domain::ids::UserId;
use crate::operations::refused;

/// Keeps what was typed into a form as its author's draft, created or written over; one with nothing in it is put
/// away. What was typed later stands, in whatever order the requests come. It is no event: nobody else may know of it.
///
/// # Errors
/// [`DraftRefused`], recorded; or whatever broke, with nothing written.
pub fn save_draft(
    conn: &mut Connection<'_>,
    by: UserId,
    form: Form,
    fields: &DraftFields,
    stamp: &Stamp,
) -> Result<Option<Saved>, Failure<DraftRefused>> {
    if fields.is_blank(form) {
        drafts::write_blank(conn, by, form, stamp)?;
        return Ok(None);
    }
    refused(conn, Attempt::new(by, "save_draft"), |conn| {
        if !drafts::may_write_for(conn, by, form)? {
            return Err(Failure::Refused(DraftRefused::Missing));
        }
        match drafts::write_saved(conn, by, form, fields, stamp) {
            Ok(written) => Ok(Some(written.map_or(Saved::Outdated, Saved::Kept))),
            Err(fault) => Err(why(fault)),
        }
    })
}

fn why(fault: Fault) -> Failure<DraftRefused> {
    match fault.constraint() {
        Some("drafts_at_most_fifty") => Failure::Refused(DraftRefused::TooMany),
        Some("drafts_fields_short") => Failure::Refused(DraftRefused::TooLong),
        _ => fault.into(),
    }
}
