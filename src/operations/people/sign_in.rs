//! The end of a sign-in: the password was the right one.

use crate::db::{Connection, Failure, sign_in_attempts};
use crate::domain::user::{SignIn, User};

/// Forgets the account's failed attempts and answers what its session is made of. The session holds nothing if the
/// password was changed since `account` was read.
///
/// # Errors
/// Whatever broke.
pub fn sign_in<E>(conn: &mut Connection<'_>, account: &User) -> Result<SignIn, Failure<E>> {
    sign_in_attempts::forget_account(conn, &account.email)?;
    Ok(SignIn { user: account.id, epoch: account.session_epoch })
}
