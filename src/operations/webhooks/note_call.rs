//! What came of a call.

use std::convert::Infallible;

use crate::db::{Connection, Failure, transaction, webhooks};
use crate::domain::ids::DeliveryId;

/// Keeps what the other side answered, or why it did not: `error` says why that was no success.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn note_call(conn: &mut Connection<'_>, id: DeliveryId, status: Option<i32>, error: Option<&str>) -> Result<(), Failure<Infallible>> {
    transaction(conn, |tx| Ok(webhooks::write_tried(tx, id, status, error)?))
}
