//! Beginning to make a file.

use std::convert::Infallible;

use crate::db::{Connection, Failure, exports, jobs, transaction};
use crate::domain::ids::ExportId;
use crate::domain::job::Claim;

/// Throws away what an earlier attempt left of the file. Answers whether the claim holds: otherwise another makes it.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn begin_export(conn: &mut Connection<'_>, claim: &Claim, id: ExportId) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| {
        let held = jobs::fence(tx, claim)?;
        if held {
            exports::write_begun(tx, id)?;
        }
        Ok(held)
    })
}
