//! Finding what webhooks have to tell.

use serde_json::{Value, json};

use crate::operations::webhooks;
use crate::worker::{Hand, Trouble};

/// Answers how many calls were asked for. To be done twice does no harm.
///
/// # Errors
/// [`Trouble`].
pub async fn gather_calls(hand: &Hand) -> Result<Value, Trouble> {
    let mut all = 0;
    loop {
        let noted = hand.database().change(webhooks::gather_calls).await?;
        all += noted;
        hand.go_on()?;
        if noted == 0 {
            return Ok(json!({ "calls": all }));
        }
    }
}
