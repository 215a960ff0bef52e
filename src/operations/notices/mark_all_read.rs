//! Having read all that was shown.

use std::convert::Infallible;

use crate::db::{Connection, Failure, notices};
use crate::domain::ids::UserId;
use crate::domain::notice::ShownUpTo;

/// Marks read all of a person's notices that there were when the page was read; what has come since stays unread.
/// Answers how many.
///
/// # Errors
/// Whatever broke.
pub fn mark_all_read(conn: &mut Connection<'_>, by: UserId, shown: &ShownUpTo) -> Result<usize, Failure<Infallible>> {
    Ok(notices::write_all_read(conn, by, shown)?)
}
