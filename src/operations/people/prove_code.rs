//! The second half of a sign-in: the code was right too.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, transaction, users};
use crate::domain::user::{Code, FactorRefused, HalfSignIn, SignIn, User, Vault};
use crate::operations::{refused, use_code};

/// Uses a code of somebody whose password was right a moment ago, and answers whose it was and what the session is made of.
/// Of any number who send the same code at once, one is let in.
///
/// # Errors
/// [`FactorRefused`], recorded; or whatever broke, with nothing written.
pub fn prove_code(
    conn: &mut Connection<'_>,
    half: &HalfSignIn,
    code: &Code,
    vault: &Vault,
) -> Result<(User, SignIn), Failure<FactorRefused>> {
    refused(conn, Attempt::new(half.user, "prove_code"), |conn| transaction(conn, |tx| prove(tx, half, code, vault)))
}

fn prove(tx: &mut Tx<'_>, half: &HalfSignIn, code: &Code, vault: &Vault) -> Result<(User, SignIn), Failure<FactorRefused>> {
    let mut user = users::lock(tx, half.user)?.ok_or(Failure::Refused(FactorRefused::Missing))?;
    user.may_go_on(half, user.at).map_err(Failure::Refused)?;
    let by = use_code(tx, &mut user, code, vault)?;
    Ok((User::clone(&user), SignIn { user: half.user, epoch: half.epoch, by }))
}
