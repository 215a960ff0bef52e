//! Asking once more for the link that says that an address is one's own.

use std::convert::Infallible;

use crate::db::{Connection, Failure, links, transaction, users};
use crate::domain::ids::UserId;
use crate::domain::user::LinkPurpose;

/// Writes down that a person asks; nothing where their address is confirmed already.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn ask_confirmation(conn: &mut Connection<'_>, by: UserId) -> Result<(), Failure<Infallible>> {
    transaction(conn, |tx| {
        if let Some(user) = users::lock(tx, by)?
            && user.email_confirmed_at.is_none()
        {
            links::ask(tx, LinkPurpose::ConfirmEmail, by, None)?;
        }
        Ok(())
    })
}
