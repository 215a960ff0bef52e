//! Taking off the second factor of somebody who is locked out: from the command line only.

use crate::db::{Connection, Failure, events, second_factors, sessions, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::user::FactorRefused;
use crate::domain::words::Email;

/// Takes it off, whether it was confirmed or not, with its recovery codes, and ends all sign-ins: whoever has lost the app may
/// have lost more.
///
/// # Errors
/// [`FactorRefused::Missing`] for no such account, [`FactorRefused::Off`]; or whatever broke, with nothing written.
pub fn reset_second_factor(conn: &mut Connection<'_>, email: &Email) -> Result<(), Failure<FactorRefused>> {
    transaction(conn, |tx| {
        let missing = || Failure::Refused(FactorRefused::Missing);
        let id = users::by_email(tx, email.as_str())?.ok_or_else(missing)?.id;
        let mut user = users::lock(tx, id)?.ok_or_else(missing)?;
        second_factors::find(tx, id)?.ok_or(Failure::Refused(FactorRefused::Off))?;
        second_factors::write_gone(tx, &user)?;
        sessions::write_ended(tx, &user)?;
        events::append(tx, &mut user, Happening { actor: None, ..Happening::by(id, EventKind::SecondFactorReset) })?;
        Ok(())
    })
}
