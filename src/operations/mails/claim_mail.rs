//! Taking a letter to send it.

use std::convert::Infallible;

use crate::db::{Connection, Failure, mails};
use crate::domain::mail::Claimed;

/// Takes the letter that has been due longest, if one is. Of those who ask at once each gets another one; what nobody
/// brought to an end within its time is handed out again.
///
/// # Errors
/// Whatever broke.
pub fn claim_mail(conn: &mut Connection<'_>) -> Result<Option<Claimed>, Failure<Infallible>> {
    Ok(mails::claim(conn)?)
}
