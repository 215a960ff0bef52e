//! Doing nothing, for a while.

use std::time::Duration;

use serde_json::{Value, json};

use crate::worker::{Hand, Trouble};

/// Rests so often for so many milliseconds, and says so after each.
///
/// # Errors
/// [`Trouble`].
pub async fn drill(hand: &Hand, steps: u16, millis: u32) -> Result<Value, Trouble> {
    for step in 1..=steps {
        tokio::time::sleep(Duration::from_millis(millis.into())).await;
        let progress = i16::try_from(u32::from(step) * 100 / u32::from(steps)).unwrap_or(100);
        hand.report(progress, &format!("Step {step} of {steps}")).await?;
    }
    Ok(json!({ "steps": steps }))
}
