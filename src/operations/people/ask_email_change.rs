//! Asking for another address in place of one's own.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, links, transaction, users};
use crate::domain::ids::UserId;
use crate::domain::user::{LinkPurpose, PasswordRefused};
use crate::domain::words::Email;
use crate::operations::refused;

/// Writes down that a person asks, who proved to know the password with this hash; nothing changes before a link that is sent
/// to the new address is followed. Whether another account has the address is not said here.
///
/// # Errors
/// [`PasswordRefused`], recorded; or whatever broke, with nothing written.
pub fn ask_email_change(conn: &mut Connection<'_>, by: UserId, proved: &str, email: &Email) -> Result<(), Failure<PasswordRefused>> {
    refused(conn, Attempt::new(by, "ask_email_change"), |conn| transaction(conn, |tx| ask(tx, by, proved, email)))
}

fn ask(tx: &mut Tx<'_>, by: UserId, proved: &str, email: &Email) -> Result<(), Failure<PasswordRefused>> {
    let user = users::lock(tx, by)?.ok_or(Failure::Refused(PasswordRefused::Missing))?;
    user.may_change_password(proved).map_err(Failure::Refused)?;
    links::ask(tx, LinkPurpose::ChangeEmail, by, Some(email.as_str()))?;
    Ok(())
}
