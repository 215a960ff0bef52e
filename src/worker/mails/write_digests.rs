//! Writing digests.

use serde_json::{Value, json};

use crate::operations::mails;
use crate::worker::{Hand, Trouble};

/// Answers how many were written. To be done twice does no harm: a person gets one a day.
///
/// # Errors
/// [`Trouble`].
pub async fn write_digests(hand: &Hand) -> Result<Value, Trouble> {
    let letters = hand.database().change(mails::write_digests).await?;
    Ok(json!({ "letters": letters }))
}
