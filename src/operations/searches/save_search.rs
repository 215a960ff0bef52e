//! Keeping a search.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, searches, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{SearchId, UserId};
use crate::domain::search::{SearchRefused, may_keep};
use crate::domain::words::SearchName;
use crate::operations::refused;

/// Keeps a search under a name, under the lock of the person's account. The same search again is the one that is kept.
///
/// # Errors
/// [`SearchRefused`], recorded; or whatever broke, with nothing written.
pub fn save_search(conn: &mut Connection<'_>, by: UserId, name: &SearchName, query: &str) -> Result<SearchId, Failure<SearchRefused>> {
    refused(conn, Attempt::new(by, "save_search"), |conn| transaction(conn, |tx| save(tx, by, name, query)))
}

fn save(tx: &mut Tx<'_>, by: UserId, name: &SearchName, query: &str) -> Result<SearchId, Failure<SearchRefused>> {
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(SearchRefused::Missing))?;
    let kept = searches::of_person(tx, by)?;
    if let Some(same) = kept.iter().find(|search| search.query == query) {
        return Ok(same.id);
    }
    may_keep(i64::try_from(kept.len()).unwrap_or(i64::MAX)).map_err(Failure::Refused)?;
    let id = searches::write_saved(tx, &user, name, query)?;
    events::append(tx, &mut user, Happening::by(by, EventKind::SearchesChanged).facts(json!({ "kept": id })))?;
    Ok(id)
}
