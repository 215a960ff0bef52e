//! Which function does what: one line for each kind of job.

use serde_json::Value;

use super::hand::{Hand, Trouble};
use super::house;
use crate::domain::job::Task;

/// Does a job's work, and answers its result.
///
/// # Errors
/// [`Trouble`].
pub async fn perform(task: Task, hand: &Hand) -> Result<Value, Trouble> {
    match task {
        Task::ClearOut {} => house::clear_out(hand).await,
        Task::Drill { steps, millis } => house::drill(hand, steps, millis).await,
    }
}
