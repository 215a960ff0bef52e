//! Telling people of deadlines that are near.

use serde_json::{Value, json};

use super::sweep::sweep;
use crate::db::projects::due_to_near;
use crate::operations::house::tell_of_deadline;
use crate::worker::{Hand, Trouble};

/// Answers of how many.
///
/// # Errors
/// [`Trouble`].
pub async fn tell_of_deadlines(hand: &Hand) -> Result<Value, Trouble> {
    let swept = sweep(hand, due_to_near, tell_of_deadline).await?;
    Ok(json!({ "told": swept.done, "left": swept.left }))
}
