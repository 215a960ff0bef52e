//! Finishing a file, and telling who asked for it.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, Tx, events, exports, jobs, notices, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ExportId, UserId};
use crate::domain::job::Claim;
use crate::domain::notice::{Notice, NoticeKind};

/// Marks the file whole and tells the person, once, under their account's lock. Answers whether the claim holds.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn finish_export(
    conn: &mut Connection<'_>,
    claim: &Claim,
    id: ExportId,
    user: UserId,
    lines: i64,
) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| finish(tx, claim, id, user, lines))
}

fn finish(tx: &mut Tx<'_>, claim: &Claim, id: ExportId, user: UserId, lines: i64) -> Result<bool, Failure<Infallible>> {
    let Some(mut user) = users::lock(tx, user)? else { return Ok(true) };
    if !jobs::fence(tx, claim)? {
        return Ok(false);
    }
    if exports::write_made(tx, id, user.at, lines)? {
        events::append(tx, &mut user, Happening::by_house(EventKind::FileMade).facts(json!({ "export": id })))?;
        notices::tell(tx, &user, None, &[Notice::person(NoticeKind::FileReady, user.id)])?;
    }
    Ok(true)
}
