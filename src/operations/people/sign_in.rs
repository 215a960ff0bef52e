//! The end of a sign-in, or of its first half: the password was the right one.

use crate::db::{Connection, Failure, second_factors, sign_in_attempts};
use crate::domain::user::{HalfSignIn, Proved, SignIn, User};

/// Forgets the account's failed attempts and answers what its session is made of, which holds nothing if the password was
/// changed since `account` was read. Where a code is asked for as well, the attempts stand until that was right: a known
/// password buys no guesses.
///
/// # Errors
/// Whatever broke.
pub fn sign_in<E>(conn: &mut Connection<'_>, account: &User) -> Result<Proved, Failure<E>> {
    if let Some(proved_at) = second_factors::asked_at(conn, account.id)? {
        return Ok(Proved::Half(HalfSignIn { user: account.id, epoch: account.session_epoch, proved_at }));
    }
    sign_in_attempts::forget_account(conn, &account.email)?;
    Ok(Proved::Whole(SignIn::by_password(account.id, account.session_epoch)))
}
