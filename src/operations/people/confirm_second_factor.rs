//! The end of the set-up: a first code shows that the app has the secret.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, second_factors, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::user::{AppCode, FactorRefused, RecoveryCode, Vault};
use crate::operations::refused;

/// Switches the second factor on that was begun, uses its first code up, and writes the recovery codes. Of two at once one does.
///
/// # Errors
/// [`FactorRefused`], recorded; or whatever broke, with nothing written.
pub fn confirm_second_factor(
    conn: &mut Connection<'_>,
    by: UserId,
    code: AppCode,
    vault: &Vault,
    codes: &[RecoveryCode],
) -> Result<(), Failure<FactorRefused>> {
    refused(conn, Attempt::new(by, "confirm_second_factor"), |conn| transaction(conn, |tx| confirm(tx, by, code, vault, codes)))
}

fn confirm(tx: &mut Tx<'_>, by: UserId, code: AppCode, vault: &Vault, codes: &[RecoveryCode]) -> Result<(), Failure<FactorRefused>> {
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(FactorRefused::Missing))?;
    let factor = second_factors::find(tx, by)?.ok_or(Failure::Refused(FactorRefused::Off))?;
    if let Some(since) = factor.confirmed_at {
        return Err(Failure::Refused(FactorRefused::On(since)));
    }
    let step = factor.judge(code, vault, user.at).map_err(Failure::Refused)?;
    second_factors::write_confirmed(tx, &user, step)?;
    second_factors::write_codes(tx, &user, codes)?;
    events::append(tx, &mut user, Happening::by(by, EventKind::SecondFactorOn))?;
    Ok(())
}
