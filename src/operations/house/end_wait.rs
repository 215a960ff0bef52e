//! Ending what holds others up in the database.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, act_words, events, lock_waits, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::wait::{Wait, WaitRefused};
use crate::domain::words::Reason;
use crate::operations::refused;

/// Ends a wait that an admin saw, if it still is the same one: who waits is told that somebody holds the row, whoever holds
/// loses the transaction whole. Written down with the reason, in the transaction that does it.
///
/// # Errors
/// [`WaitRefused`], recorded; or whatever broke.
pub fn end_wait(conn: &mut Connection<'_>, by: UserId, wait: Wait, reason: &Reason) -> Result<(), Failure<WaitRefused>> {
    refused(conn, Attempt::new(by, "end_wait"), |conn| transaction(conn, |tx| end(tx, by, wait, reason)))
}

fn end(tx: &mut Tx<'_>, by: UserId, wait: Wait, reason: &Reason) -> Result<(), Failure<WaitRefused>> {
    let user = users::lock(tx, by)?.filter(|user| user.keeps_house());
    let mut user = user.ok_or(Failure::Refused(WaitRefused::Missing))?;
    let facts = json!({ "process": wait.pid, "side": wait.side, "words": user.words_hash(&[reason.as_str()]) });
    events::append(tx, &mut user, Happening::by(by, EventKind::WaitEnded).facts(facts))?;
    act_words::write(tx, &user, reason)?;
    // last, since no rollback takes it back
    if lock_waits::end(tx, wait)? { Ok(()) } else { Err(Failure::Refused(WaitRefused::Over)) }
}
