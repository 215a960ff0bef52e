//! Showing the reviews whose days are over, one contract after the other.

use serde_json::Value;

use crate::db::reviews::due;
use crate::domain::ids::ContractId;
use crate::operations::reviews::show_review;
use crate::worker::sweep::sweep;
use crate::worker::{Hand, Trouble};

/// Answers of how many contracts.
///
/// # Errors
/// [`Trouble`].
pub async fn show_reviews(hand: &Hand) -> Result<Value, Trouble> {
    Ok(sweep(hand, ContractId(0), due, show_review).await?.result("shown"))
}
