//! Keeping answers ready: a new one, other words, none any more.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::tickets::Ready;
use crate::db::{Connection, Failure, Locked, Tx, events, tickets, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ReadyAnswerId, UserId};
use crate::domain::ticket::{ReadyAnswer, ReadyRefused};
use crate::domain::user::User;
use crate::operations::refused;

/// Keeps a new one. The same again, as a second click sends it, finds its title taken by itself.
///
/// # Errors
/// [`ReadyRefused`], recorded; or whatever broke, with nothing written.
pub fn make_ready_answer(conn: &mut Connection<'_>, by: UserId, ready: &ReadyAnswer) -> Result<ReadyAnswerId, Failure<ReadyRefused>> {
    refused(conn, Attempt::new(by, "make_ready_answer"), |conn| {
        transaction(conn, |tx| {
            let mut user = keeper(tx, by)?;
            let id = tickets::write_ready(tx, by, ready)?.ok_or(Failure::Refused(ReadyRefused::TitleTaken))?;
            tell(tx, &mut user, id, Some(ready))?;
            Ok(id)
        })
    })
}

/// Gives one other words, typed over the version that was seen. The same words again change nothing.
///
/// # Errors
/// [`ReadyRefused`], recorded; or whatever broke, with nothing written.
pub fn change_ready_answer(
    conn: &mut Connection<'_>,
    by: UserId,
    (id, seen): (ReadyAnswerId, Option<i32>),
    ready: &ReadyAnswer,
) -> Result<(), Failure<ReadyRefused>> {
    let done = refused(conn, Attempt::new(by, "change_ready_answer"), |conn| {
        transaction(conn, |tx| {
            let mut user = keeper(tx, by)?;
            let before = tickets::lock_ready(tx, id)?.ok_or(Failure::Refused(ReadyRefused::Missing))?;
            if before.title == ready.title.as_str() && before.words == ready.words.as_str() {
                return Ok(());
            }
            is_current(&before, seen)?;
            tickets::write_ready_changed(tx, by, &before, ready)?;
            tell(tx, &mut user, id, Some(ready))
        })
    });
    match done {
        Err(Failure::Broken(fault)) if fault.constraint() == Some("ready_answers_one_per_title") => {
            Err(Failure::Refused(ReadyRefused::TitleTaken))
        }
        done => done,
    }
}

/// Removes one, at the version that was seen.
///
/// # Errors
/// [`ReadyRefused`], recorded; or whatever broke, with nothing written.
pub fn remove_ready_answer(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ReadyAnswerId,
    seen: Option<i32>,
) -> Result<(), Failure<ReadyRefused>> {
    refused(conn, Attempt::new(by, "remove_ready_answer"), |conn| {
        transaction(conn, |tx| {
            let mut user = keeper(tx, by)?;
            let before = tickets::lock_ready(tx, id)?.ok_or(Failure::Refused(ReadyRefused::Missing))?;
            is_current(&before, seen)?;
            tickets::write_ready_removed(tx, &before)?;
            tell(tx, &mut user, id, None)
        })
    })
}

/// The account of whoever keeps the house, locked.
fn keeper(tx: &mut Tx<'_>, by: UserId) -> Result<Locked<User>, Failure<ReadyRefused>> {
    users::lock(tx, by)?.filter(|user| user.keeps_house()).ok_or(Failure::Refused(ReadyRefused::Missing))
}

fn is_current(before: &Ready, seen: Option<i32>) -> Result<(), Failure<ReadyRefused>> {
    if seen == Some(before.version) {
        return Ok(());
    }
    Err(Failure::Refused(ReadyRefused::Changed { seen: seen.unwrap_or_default(), now: before.version }))
}

/// What it says now; nothing where it is gone.
fn tell(tx: &mut Tx<'_>, user: &mut Locked<User>, id: ReadyAnswerId, ready: Option<&ReadyAnswer>) -> Result<(), Failure<ReadyRefused>> {
    let words = ready.map(|ready| user.words_hash(&[ready.title.as_str(), ready.words.as_str()]));
    let by = user.id;
    let what = Happening::by(by, EventKind::ReadyAnswersChanged).facts(json!({ "answer": id, "words": words }));
    Ok(events::append(tx, user, what)?)
}
