//! Having looked at what is new.

use chrono::{DateTime, Utc};

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, searches};
use crate::domain::ids::{SearchId, UserId};
use crate::domain::search::SearchRefused;
use crate::operations::refused;

/// Notes that a person has seen what one of their searches found until then: never earlier than before, never later
/// than now. It is no change that a history would tell of.
///
/// # Errors
/// [`SearchRefused`], recorded; or whatever broke.
pub fn look_at_search(conn: &mut Connection<'_>, by: UserId, id: SearchId, until: DateTime<Utc>) -> Result<(), Failure<SearchRefused>> {
    refused(conn, Attempt::new(by, "look_at_search"), |conn| {
        if searches::write_looked_at(conn, by, id, until)? { Ok(()) } else { Err(Failure::Refused(SearchRefused::Missing)) }
    })
}
