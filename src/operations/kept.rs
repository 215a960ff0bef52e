//! What every act of an admin on somebody's account begins with: both locked, judged, written down with its reason.

use serde_json::json;

use crate::db::{Failure, Locked, Tx, act_words, events, suspensions};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::user::{KeepRefused, User};
use crate::domain::words::Reason;

/// Locks the admin's account and the other one, has `judge` decide, and writes the event with the admin's words beside it.
///
/// # Errors
/// What `judge` says; or whatever broke.
pub fn kept(
    tx: &mut Tx<'_>,
    (by, id): (UserId, UserId),
    reason: &Reason,
    kind: EventKind,
    judge: fn(&User, &User) -> Result<(), KeepRefused>,
) -> Result<Locked<User>, Failure<KeepRefused>> {
    if by == id {
        return Err(Failure::Refused(KeepRefused::Oneself));
    }
    let (keeper, mut user) = suspensions::lock_both(tx, by, id)?.ok_or(Failure::Refused(KeepRefused::Missing))?;
    judge(&user, &keeper).map_err(Failure::Refused)?;
    let words = user.words_hash(&[reason.as_str()]);
    events::append(tx, &mut user, Happening::by(by, kind).subject(id).facts(json!({ "words": words })))?;
    act_words::write(tx, &user, reason)?;
    Ok(user)
}
