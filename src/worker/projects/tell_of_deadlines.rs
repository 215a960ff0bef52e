//! Telling people of deadlines that are near.

use serde_json::Value;

use crate::db::projects::due_to_near;
use crate::domain::ids::ProjectId;
use crate::operations::house::tell_of_deadline;
use crate::worker::sweep::sweep;
use crate::worker::{Hand, Trouble};

/// Answers of how many.
///
/// # Errors
/// [`Trouble`].
pub async fn tell_of_deadlines(hand: &Hand) -> Result<Value, Trouble> {
    let swept = sweep(hand, ProjectId(0), due_to_near, tell_of_deadline).await?;
    Ok(swept.result("told"))
}
