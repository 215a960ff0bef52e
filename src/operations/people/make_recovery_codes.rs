//! New recovery codes in place of the old ones.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, second_factors, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::user::{Code, FactorRefused, RecoveryCode, Vault};
use crate::operations::{refused, use_code};

/// Writes new ones for somebody who proved to know the password with this hash and brings a code; those before open nothing
/// any more.
///
/// # Errors
/// [`FactorRefused`], recorded; or whatever broke, with nothing written.
pub fn make_recovery_codes(
    conn: &mut Connection<'_>,
    (by, proved): (UserId, &str),
    code: &Code,
    vault: &Vault,
    codes: &[RecoveryCode],
) -> Result<(), Failure<FactorRefused>> {
    refused(conn, Attempt::new(by, "make_recovery_codes"), |conn| transaction(conn, |tx| make(tx, (by, proved), code, vault, codes)))
}

fn make(
    tx: &mut Tx<'_>,
    (by, proved): (UserId, &str),
    code: &Code,
    vault: &Vault,
    codes: &[RecoveryCode],
) -> Result<(), Failure<FactorRefused>> {
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(FactorRefused::Missing))?;
    user.may_change_factor(proved).map_err(Failure::Refused)?;
    use_code(tx, &mut user, code, vault)?;
    second_factors::write_codes(tx, &user, codes)?;
    events::append(tx, &mut user, Happening::by(by, EventKind::RecoveryCodesMade))?;
    Ok(())
}
