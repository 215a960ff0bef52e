//! Finishing an import, and telling who brought it.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, Tx, events, imports, jobs, notices, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ImportId, UserId};
use crate::domain::job::Claim;
use crate::domain::notice::{Notice, NoticeKind};

/// Counts what became of the rows and tells the person, once, under their account's lock. Answers whether the claim holds.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn finish_import(conn: &mut Connection<'_>, claim: &Claim, id: ImportId, by: UserId) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| finish(tx, claim, id, by))
}

fn finish(tx: &mut Tx<'_>, claim: &Claim, id: ImportId, by: UserId) -> Result<bool, Failure<Infallible>> {
    let Some(mut user) = users::lock(tx, by)? else { return Ok(true) };
    if !jobs::fence(tx, claim)? {
        return Ok(false);
    }
    if imports::write_finished(tx, id, user.at)? {
        events::append(tx, &mut user, Happening::by_house(EventKind::ProjectsImported).facts(json!({ "import": id })))?;
        notices::tell(tx, &user, None, &[Notice::person(NoticeKind::ImportDone, user.id)])?;
    }
    Ok(true)
}
