//! Letting go files that nobody sent.

use std::convert::Infallible;

use crate::db::{self, Failure, files};

/// Lets go the files that waited for their form for a day, where no draft names them. Answers how many; their bytes are
/// taken out of the store after it.
///
/// # Errors
/// Whatever broke.
pub fn let_go_files(conn: &mut diesel::PgConnection) -> Result<usize, Failure<Infallible>> {
    let at = db::clock(conn)?;
    Ok(files::purge(conn, at)?)
}
