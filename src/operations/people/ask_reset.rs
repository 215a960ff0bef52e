//! Asking for a link to choose a new password by.

use chrono::TimeDelta;

use crate::db::{Connection, Failure, clock, links};
use crate::domain::user::{LinkPurpose, TooManyAttempts};
use crate::domain::words::Email;

/// For so long one that asked counts.
const COUNTED: TimeDelta = TimeDelta::minutes(15);

/// Writes down that somebody asks, whether there is such an account or not: what follows is done later, so that nobody
/// can tell from the answer or its time. `most`: how often one address of the network may ask in a quarter of an hour.
///
/// # Errors
/// [`TooManyAttempts`]; or whatever broke.
pub fn ask_reset(conn: &mut Connection<'_>, email: &Email, address: &str, most: Option<u32>) -> Result<(), Failure<TooManyAttempts>> {
    links::ask_by_email(conn, LinkPurpose::ResetPassword, email.as_str(), address)?;
    let Some(most) = most else { return Ok(()) };
    let at = clock(conn)?;
    match links::beyond_for_address(conn, address, at - COUNTED, most)? {
        Some(oldest) => Err(Failure::Refused(TooManyAttempts { again_at: oldest + COUNTED, at })),
        None => Ok(()),
    }
}
