//! Finding what is to be written.

use std::convert::Infallible;

use crate::db::{Connection, Failure, mails, transaction};

/// Makes letters of what people were told since the last round, once for each event and person, however many processes do
/// this at once and wherever one of them ended. Answers how many. `domain` is what the letters' ids end with.
///
/// # Errors
/// Whatever broke, with nothing written: the next round finds the same.
pub fn gather_mails(conn: &mut Connection<'_>, domain: &str) -> Result<usize, Failure<Infallible>> {
    transaction(conn, |tx| match mails::begin_round(tx)? {
        Some(round) => Ok(mails::write_gathered(tx, &round, domain)?),
        None => Ok(0),
    })
}
