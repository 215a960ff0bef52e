//! Keeping a notice for later.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, notices};
use crate::domain::ids::{NoticeId, UserId};
use crate::domain::notice::NoticeRefused;
use crate::operations::refused;

/// Marks one of a person's own notices unread again.
///
/// # Errors
/// [`NoticeRefused`], recorded; or whatever broke.
pub fn mark_unread(conn: &mut Connection<'_>, by: UserId, id: NoticeId) -> Result<(), Failure<NoticeRefused>> {
    refused(conn, Attempt::new(by, "mark_unread"), |conn| {
        if notices::write_unread(conn, by, id)? { Ok(()) } else { Err(Failure::Refused(NoticeRefused::Missing)) }
    })
}
