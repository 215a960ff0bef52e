//! Ending somebody’s sign-ins.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, sessions, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::UserId;
use crate::domain::user::{KeepRefused, User};
use crate::domain::words::Reason;
use crate::operations::{kept, refused};

/// Ends all sign-ins of somebody, one that is just being made too. Their tokens stay.
///
/// # Errors
/// [`KeepRefused`], recorded; or whatever broke, with nothing written.
pub fn end_sign_ins(conn: &mut Connection<'_>, by: UserId, id: UserId, reason: &Reason) -> Result<(), Failure<KeepRefused>> {
    refused(conn, Attempt::new(by, "end_sign_ins"), |conn| {
        transaction(conn, |tx| {
            let user = kept(tx, (by, id), reason, EventKind::SignInsEnded, User::may_be_signed_out)?;
            Ok(sessions::write_ended(tx, &user).map(drop)?)
        })
    })
}
