//! Writing digests.

use std::convert::Infallible;

use crate::db::{Connection, Failure, mails};
use crate::domain::mail::morning;

/// Makes the digests of everybody in whose time zone it is morning, once a person and day, however often this is done.
/// Answers how many.
///
/// # Errors
/// Whatever broke.
pub fn write_digests(conn: &mut Connection<'_>) -> Result<usize, Failure<Infallible>> {
    let (zones, at) = mails::zones(conn)?;
    let mornings: Vec<_> = zones.iter().filter_map(|zone| morning(zone, at)).collect();
    Ok(mails::write_digests(conn, &mornings)?)
}
