//! Beginning to set up a second factor.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, second_factors, transaction, users};
use crate::domain::ids::UserId;
use crate::domain::user::FactorRefused;
use crate::operations::refused;

/// Keeps a sealed secret for somebody who proved to know the password with this hash, in place of one that was begun before.
/// Nobody is asked for a code until a first one was right.
///
/// # Errors
/// [`FactorRefused`], recorded; or whatever broke, with nothing written.
pub fn begin_second_factor(conn: &mut Connection<'_>, by: UserId, proved: &str, sealed: &[u8]) -> Result<(), Failure<FactorRefused>> {
    refused(conn, Attempt::new(by, "begin_second_factor"), |conn| transaction(conn, |tx| begin(tx, by, proved, sealed)))
}

fn begin(tx: &mut Tx<'_>, by: UserId, proved: &str, sealed: &[u8]) -> Result<(), Failure<FactorRefused>> {
    let user = users::lock(tx, by)?.ok_or(Failure::Refused(FactorRefused::Missing))?;
    user.may_change_factor(proved).map_err(Failure::Refused)?;
    if let Some(since) = second_factors::find(tx, by)?.and_then(|factor| factor.confirmed_at) {
        return Err(Failure::Refused(FactorRefused::On(since)));
    }
    Ok(second_factors::write_begun(tx, &user, sealed)?)
}
