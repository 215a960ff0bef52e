//! Switching one's second factor off.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, second_factors, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::user::{Code, FactorRefused, Vault};
use crate::operations::{refused, use_code};

/// Ends the second factor of somebody who proved to know the password with this hash and brings a code, and its recovery codes.
///
/// # Errors
/// [`FactorRefused`], recorded; or whatever broke, with nothing written.
pub fn switch_off_second_factor(
    conn: &mut Connection<'_>,
    by: UserId,
    proved: &str,
    code: &Code,
    vault: &Vault,
) -> Result<(), Failure<FactorRefused>> {
    refused(conn, Attempt::new(by, "switch_off_second_factor"), |conn| transaction(conn, |tx| switch_off(tx, by, proved, code, vault)))
}

fn switch_off(tx: &mut Tx<'_>, by: UserId, proved: &str, code: &Code, vault: &Vault) -> Result<(), Failure<FactorRefused>> {
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(FactorRefused::Missing))?;
    user.may_change_factor(proved).map_err(Failure::Refused)?;
    use_code(tx, &mut user, code, vault)?;
    second_factors::write_gone(tx, &user)?;
    events::append(tx, &mut user, Happening::by(by, EventKind::SecondFactorOff))?;
    Ok(())
}
