//! Keeping a part of a file.

use std::convert::Infallible;

use crate::db::{Connection, Failure, exports, jobs, transaction};
use crate::domain::ids::ExportId;
use crate::domain::job::Claim;

/// Puts bytes behind those there are, in this place. Answers the next place; nothing where the claim holds no more.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn keep_part(
    conn: &mut Connection<'_>,
    claim: &Claim,
    id: ExportId,
    place: i32,
    bytes: &[u8],
) -> Result<Option<i32>, Failure<Infallible>> {
    transaction(conn, |tx| if jobs::fence(tx, claim)? { Ok(Some(exports::write_part(tx, id, place, bytes)?)) } else { Ok(None) })
}
