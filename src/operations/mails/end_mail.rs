//! Noting what came of an attempt to send a letter.

use std::convert::Infallible;

use crate::db::{Connection, Failure, mails};
use crate::domain::mail::{Claimed, Ended, MailState, again_after};

/// Writes how an attempt ended, unless somebody else took the letter meanwhile. Answers whether it was written.
///
/// # Errors
/// Whatever broke: then nobody knows how it ended, and it is sent again, as the same letter.
pub fn end_mail(conn: &mut Connection<'_>, mail: &Claimed, ended: &Ended) -> Result<bool, Failure<Infallible>> {
    let again = again_after(mail.attempt);
    let waits = if again.is_some() { MailState::Waiting } else { MailState::Failed };
    let (state, again, unsure, error) = match ended {
        Ended::Sent => (MailState::Sent, None, false, None),
        Ended::Dropped => (MailState::Dropped, None, false, None),
        Ended::Refused(why) => (MailState::Failed, None, false, Some(why)),
        Ended::NotTaken(why) => (waits, again, false, Some(why)),
        Ended::Unsure(why) => (waits, again, true, Some(why)),
    };
    Ok(mails::write_ended(conn, mail, state, again, unsure, error.map(String::as_str))?)
}
