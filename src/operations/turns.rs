//! How often one may try to sign in: what every way of guessing asks first.

use chrono::TimeDelta;

use crate::db::{Failure, Tx, clock, sign_in_attempts};
use crate::domain::user::TooManyAttempts;

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

impl Throttle {
    /// Whether anything is counted at all.
    pub(super) fn counts(self) -> bool {
        self != Self { per_account: None, per_address: None }
    }
}

/// How long a failure counts.
const COUNTED: TimeDelta = TimeDelta::minutes(15);

/// Notes a try, unless it is one too many. Those on one account or from one address take turns to be counted, so that of any
/// number at once as many as the bound allows are judged: not one more, and not one less.
pub(super) fn take_turn(tx: &mut Tx<'_>, email: &str, address: &str, throttle: Throttle) -> Result<(), Failure<TooManyAttempts>> {
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
