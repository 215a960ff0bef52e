//! Keeping a file that waits for its form to be sent.

use crate::db::{Connection, Failure, files, transaction, users};
use crate::domain::file::{HoldRefused, Sound, may_hold};
use crate::domain::ids::{FileId, UserId};

/// A file whose bytes are in the store.
#[derive(Debug, Clone)]
pub struct Held {
    /// Where they are.
    pub place: String,
    /// What it is.
    pub file: Sound,
    /// How many bytes.
    pub size: i64,
}

/// Keeps it for its owner alone, under their row's lock, so that no two are the last one that they may keep. What is
/// refused, or never committed, leaves bytes that nobody names: the house clears them out.
///
/// # Errors
/// [`HoldRefused`]; or whatever broke, with nothing written.
pub fn hold_file(conn: &mut Connection<'_>, by: UserId, held: &Held) -> Result<FileId, Failure<HoldRefused>> {
    transaction(conn, |tx| {
        let owner = users::lock(tx, by)?.ok_or(Failure::Refused(HoldRefused::Missing))?;
        if owner.closed_at.is_some() {
            return Err(Failure::Refused(HoldRefused::Missing));
        }
        may_hold(files::kept_by(tx, by)?, held.size).map_err(Failure::Refused)?;
        Ok(files::write_held(tx, &owner, &held.place, &held.file, held.size)?)
    })
}
