//! Changing when the house is there, and within how long it answers.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, act_words, events, tickets, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::ticket::{Promise, PromiseRefused};
use crate::domain::words::Reason;
use crate::operations::refused;

/// Changes what the house promises, typed over the edition that was seen, with the reason. Every ticket for which somebody
/// waits is reckoned anew by the next turn of [`keep_ticket_on_time`](super::keep_ticket_on_time). The same again changes
/// nothing.
///
/// # Errors
/// [`PromiseRefused`], recorded; or whatever broke, with nothing written.
pub fn change_promise(
    conn: &mut Connection<'_>,
    by: UserId,
    seen: Option<i64>,
    promise: &Promise,
    reason: &Reason,
) -> Result<(), Failure<PromiseRefused>> {
    refused(conn, Attempt::new(by, "change_promise"), |conn| transaction(conn, |tx| change(tx, by, seen, promise, reason)))
}

fn change(tx: &mut Tx<'_>, by: UserId, seen: Option<i64>, promise: &Promise, reason: &Reason) -> Result<(), Failure<PromiseRefused>> {
    let user = users::lock(tx, by)?.filter(|user| user.keeps_house());
    let mut user = user.ok_or(Failure::Refused(PromiseRefused::Missing))?;
    let before = tickets::lock_promised(tx)?;
    if before.promise() == *promise {
        return Ok(());
    }
    if seen != Some(before.edition) {
        return Err(Failure::Refused(PromiseRefused::Changed { seen: seen.unwrap_or_default(), now: before.edition }));
    }
    tickets::write_promise(tx, by, &before, promise)?;
    let facts = json!({ "edition": before.edition + 1, "words": user.words_hash(&[reason.as_str()]) });
    events::append(tx, &mut user, Happening::by(by, EventKind::HoursChanged).facts(facts))?;
    act_words::write(tx, &user, reason)?;
    Ok(())
}
