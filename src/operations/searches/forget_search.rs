//! Letting a search go.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, events, searches, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{SearchId, UserId};

/// Deletes one of a person's own searches, under the lock of their account. One that is not there is gone already.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn forget_search(conn: &mut Connection<'_>, by: UserId, id: SearchId) -> Result<(), Failure<Infallible>> {
    transaction(conn, |tx| {
        let Some(mut user) = users::lock(tx, by)? else { return Ok(()) };
        if searches::find(tx, by, id)?.is_some() {
            searches::write_forgotten(tx, &user, id)?;
            events::append(tx, &mut user, Happening::by(by, EventKind::SearchesChanged).facts(json!({ "forgotten": id })))?;
        }
        Ok(())
    })
}
