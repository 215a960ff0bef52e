//! The beginning of a sign-in: is this one attempt too many, and what is the password to be held against?

use crate::db::{Connection, Failure, transaction, users};
use crate::domain::user::{TooManyAttempts, User};
use crate::domain::words::Email;
use crate::operations::{Throttle, take_turn};

/// Notes an attempt and answers the account, if there is one. The attempt stands as failed until
/// [`sign_in`](super::sign_in) says otherwise.
///
/// # Errors
/// [`TooManyAttempts`]; or whatever broke.
pub fn begin_sign_in(
    conn: &mut Connection<'_>,
    email: &Email,
    address: &str,
    throttle: Throttle,
) -> Result<Option<User>, Failure<TooManyAttempts>> {
    if throttle.counts() {
        transaction(conn, |tx| take_turn(tx, email.as_str(), address, throttle))?;
    }
    Ok(users::by_email(conn, email.as_str())?)
}
