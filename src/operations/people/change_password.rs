//! Changing one's own password.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, sessions, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::user::{PasswordRefused, SignIn};
use crate::operations::refused;

/// Changes a password under the account's lock, and ends every sign-in. `proved` is the hash that the old password was
/// held against; answers what a new session is made of.
///
/// # Errors
/// [`PasswordRefused`], recorded; or whatever broke, with nothing written.
pub fn change_password(
    conn: &mut Connection<'_>,
    by: UserId,
    proved: &str,
    password_hash: &str,
) -> Result<SignIn, Failure<PasswordRefused>> {
    refused(conn, Attempt::new(by, "change_password"), |conn| transaction(conn, |tx| change(tx, by, proved, password_hash)))
}

fn change(tx: &mut Tx<'_>, by: UserId, proved: &str, password_hash: &str) -> Result<SignIn, Failure<PasswordRefused>> {
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(PasswordRefused::Missing))?;
    user.may_change_password(proved).map_err(Failure::Refused)?;
    users::write_password(tx, &user, password_hash)?;
    let epoch = sessions::write_ended(tx, &user)?;
    events::append(tx, &mut user, Happening::by(by, EventKind::PasswordChanged))?;
    Ok(SignIn::by_password(by, epoch))
}
