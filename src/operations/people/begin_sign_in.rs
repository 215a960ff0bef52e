//! The beginning of a sign-in: is this one attempt too many, and what is the password to be held against?

use chrono::TimeDelta;

use crate::db::{Connection, Failure, clock, sign_in_attempts, users};
use crate::domain::user::{TooManyAttempts, User};
use crate::domain::words::Email;

/// How many failed sign-ins are borne within a quarter of an hour; none: any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    /// For one account.
    pub per_account: Option<u32>,
    /// From one address.
    pub per_address: Option<u32>,
}

impl Default for Throttle {
    fn default() -> Self {
        Self { per_account: Some(10), per_address: Some(100) }
    }
}

/// How long a failure counts.
const COUNTED: TimeDelta = TimeDelta::minutes(15);

/// Notes an attempt and answers the account, if there is one. The attempt stands as failed until
/// [`sign_in`](super::sign_in) says otherwise: written first and counted then, each in its own transaction, so that of
/// any number of attempts at once no more than the bound are judged.
///
/// # Errors
/// [`TooManyAttempts`]; or whatever broke.
pub fn begin_sign_in(
    conn: &mut Connection<'_>,
    email: &Email,
    address: &str,
    throttle: Throttle,
) -> Result<Option<User>, Failure<TooManyAttempts>> {
    if throttle != (Throttle { per_account: None, per_address: None }) {
        count(conn, email.as_str(), address, throttle)?;
    }
    Ok(users::by_email(conn, email.as_str())?)
}

fn count(conn: &mut Connection<'_>, email: &str, address: &str, throttle: Throttle) -> Result<(), Failure<TooManyAttempts>> {
    let attempt = sign_in_attempts::record(conn, email, address)?;
    let at = clock(conn)?;
    let account = match throttle.per_account {
        Some(most) => sign_in_attempts::beyond_for_account(conn, email, at - COUNTED, most)?,
        None => None,
    };
    let here = match throttle.per_address {
        Some(most) => sign_in_attempts::beyond_for_address(conn, address, at - COUNTED, most)?,
        None => None,
    };
    match account.max(here) {
        Some(oldest) => {
            sign_in_attempts::forget(conn, attempt)?;
            Err(Failure::Refused(TooManyAttempts { again_at: oldest + COUNTED, at }))
        }
        None => Ok(()),
    }
}
