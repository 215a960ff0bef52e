//! Trying a letter once more that failed.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, mails};
use crate::domain::ids::{MailId, UserId};
use crate::domain::mail::MailRefused;
use crate::operations::refused;

/// Puts a letter that failed back in the queue. `by` keeps the house: the caller's to know.
///
/// # Errors
/// [`MailRefused`], recorded; or whatever broke.
pub fn send_mail_again(conn: &mut Connection<'_>, by: UserId, id: MailId) -> Result<(), Failure<MailRefused>> {
    refused(conn, Attempt::new(by, "send_mail_again"), |conn| {
        if mails::write_waiting_again(conn, id)? {
            return Ok(());
        }
        let (mail, _) = mails::find(conn, id)?.ok_or(Failure::Refused(MailRefused::Missing))?;
        Err(Failure::Refused(MailRefused::StateIs(mail.state)))
    })
}
