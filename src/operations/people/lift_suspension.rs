//! Letting somebody in again.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, suspensions, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::UserId;
use crate::domain::user::{KeepRefused, User};
use crate::domain::words::Reason;
use crate::operations::{kept, refused};

/// Lets somebody in again whom the house keeps out. They sign in anew, and make new tokens.
///
/// # Errors
/// [`KeepRefused`], recorded; or whatever broke, with nothing written.
pub fn lift_suspension(conn: &mut Connection<'_>, by: UserId, id: UserId, reason: &Reason) -> Result<(), Failure<KeepRefused>> {
    refused(conn, Attempt::new(by, "lift_suspension"), |conn| {
        transaction(conn, |tx| {
            let user = kept(tx, (by, id), reason, EventKind::SuspensionLifted, User::may_be_let_in)?;
            Ok(suspensions::write_lifted(tx, &user)?)
        })
    })
}
