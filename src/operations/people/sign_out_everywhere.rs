//! Ending all of one's own sign-ins.

use std::convert::Infallible;

use crate::db::{Connection, Failure, events, sessions, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;

/// Ends every sign-in of a person, this one too, and one that is just being made.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn sign_out_everywhere(conn: &mut Connection<'_>, by: UserId) -> Result<(), Failure<Infallible>> {
    transaction(conn, |tx| {
        if let Some(mut user) = users::lock(tx, by)? {
            sessions::write_ended(tx, &user)?;
            events::append(tx, &mut user, Happening::by(by, EventKind::SignedOutEverywhere))?;
        }
        Ok(())
    })
}
