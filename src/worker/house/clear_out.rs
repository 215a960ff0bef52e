//! Clearing out what is kept for a while only.

use serde_json::{Value, json};

use crate::operations::house;
use crate::worker::{Hand, Trouble};

/// Answers how many rows went. To be done twice does no harm.
///
/// # Errors
/// [`Trouble`].
pub async fn clear_out(hand: &Hand) -> Result<Value, Trouble> {
    let rows = hand.database().run(house::clear_out).await?;
    Ok(json!({ "rows": rows }))
}
