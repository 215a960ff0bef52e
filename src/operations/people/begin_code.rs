//! The beginning of a code: is this one attempt too many?

use crate::db::{Connection, Failure, transaction, users};
use crate::domain::ids::UserId;
use crate::domain::user::TooManyAttempts;
use crate::operations::{Throttle, take_turn};

/// Notes an attempt on the account of somebody whose password was right, beside those on the password. It stands as failed
/// until the code was right.
///
/// # Errors
/// [`TooManyAttempts`]; or whatever broke.
pub fn begin_code(conn: &mut Connection<'_>, user: UserId, address: &str, throttle: Throttle) -> Result<(), Failure<TooManyAttempts>> {
    match users::find(conn, user)? {
        Some(account) if throttle.counts() => transaction(conn, |tx| take_turn(tx, &account.email, address, throttle)),
        _ => Ok(()),
    }
}
