//! Asking by a token.

use std::convert::Infallible;

use crate::db::{Failure, tokens};
use crate::domain::token::{Caller, TokenSecret};

/// Who asks by a secret as of now; nobody where it was revoked, has ended, or never was. Notes that it was used, at most
/// once a minute.
///
/// # Errors
/// Whatever broke.
pub fn use_token(conn: &mut diesel::PgConnection, secret: &TokenSecret) -> Result<Option<Caller>, Failure<Infallible>> {
    Ok(tokens::caller(conn, secret)?)
}
