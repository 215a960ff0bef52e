//! The beginning of a sign-in: is this one attempt too many, and what is the password to be held against?

use chrono::TimeDelta;

use crate::db::{Connection, Failure, Tx, clock, sign_in_attempts, transaction, users};
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
/// [`sign_in`](super::sign_in) says otherwise. Those on one account or from one address take turns to be counted, so that
/// of any number at once as many as the bound allows are judged: not one more, and not one less.
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
        transaction(conn, |tx| count(tx, email.as_str(), address, throttle))?;
    }
    Ok(users::by_email(conn, email.as_str())?)
}

fn count(tx: &mut Tx<'_>, email: &str, address: &str, throttle: Throttle) -> Result<(), Failure<TooManyAttempts>> {
    sign_in_attempts::take_turn(tx, email, address)?;
    let at = clock(tx)?;
    let account = match throttle.per_account {
        Some(most) => sign_in_attempts::full_for_account(tx, email, at - COUNTED, most)?,
        None => None,
    };
    let here = match throttle.per_address {
        Some(most) => sign_in_attempts::full_for_address(tx, address, at - COUNTED, most)?,
        None => None,
    };
    match account.max(here) {
        Some(oldest) => Err(Failure::Refused(TooManyAttempts { again_at: oldest + COUNTED, at })),
        None => Ok(sign_in_attempts::record(tx, email, address)?),
    }
}
