//! Choosing which notices come.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, events, notices, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::notice::NoticeKind;

/// Switches these kinds off for a person and all others on, under the lock of their account. How their own proposals
/// end, they are always told. The same choice again changes nothing.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn choose_notices(conn: &mut Connection<'_>, by: UserId, off: &[NoticeKind]) -> Result<(), Failure<Infallible>> {
    transaction(conn, |tx| {
        let Some(mut user) = users::lock(tx, by)? else { return Ok(()) };
        let off: Vec<_> = NoticeKind::ALL.iter().copied().filter(|kind| off.contains(kind) && !kind.always_comes()).collect();
        if notices::switched_off(tx, by)? == off {
            return Ok(());
        }
        notices::write_switched_off(tx, &user, &off)?;
        events::append(tx, &mut user, Happening::by(by, EventKind::NoticesChosen).facts(json!({ "off": off })))?;
        Ok(())
    })
}
