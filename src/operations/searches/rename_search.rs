//! Giving a search another name.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, searches, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{SearchId, UserId};
use crate::domain::search::SearchRefused;
use crate::domain::words::SearchName;
use crate::operations::refused;

/// Gives one of a person's own searches another name, under the lock of their account.
///
/// # Errors
/// [`SearchRefused`], recorded; or whatever broke, with nothing written.
pub fn rename_search(conn: &mut Connection<'_>, by: UserId, id: SearchId, name: &SearchName) -> Result<(), Failure<SearchRefused>> {
    refused(conn, Attempt::new(by, "rename_search"), |conn| transaction(conn, |tx| rename(tx, by, id, name)))
}

fn rename(tx: &mut Tx<'_>, by: UserId, id: SearchId, name: &SearchName) -> Result<(), Failure<SearchRefused>> {
    let missing = || Failure::Refused(SearchRefused::Missing);
    let mut user = users::lock(tx, by)?.ok_or_else(missing)?;
    let search = searches::find(tx, by, id)?.ok_or_else(missing)?;
    if search.name == name.as_str() {
        return Ok(());
    }
    searches::write_renamed(tx, &user, id, name)?;
    events::append(tx, &mut user, Happening::by(by, EventKind::SearchesChanged).facts(json!({ "renamed": id })))?;
    Ok(())
}
