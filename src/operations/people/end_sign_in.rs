//! Ending one of one's own sign-ins.

use std::convert::Infallible;

use crate::db::{Connection, Failure, sign_ins};
use crate::domain::ids::UserId;

/// Ends a sign-in on another device, or on this one. Answers whether it held until now: of two clicks one ends it. One
/// statement that finds by person and number alike needs no lock beyond its row's own.
///
/// # Errors
/// Whatever broke.
pub fn end_sign_in(conn: &mut Connection<'_>, by: UserId, id: i64) -> Result<bool, Failure<Infallible>> {
    Ok(sign_ins::write_ended(conn, by, id)?)
}
