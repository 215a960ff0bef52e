//! Stopping the timers that somebody forgot, one by one.

use serde_json::Value;

use crate::db::work_logs::forgotten;
use crate::domain::ids::WorkLogId;
use crate::domain::work::FORGOTTEN_AFTER;
use crate::operations::time::stop_forgotten_timer;
use crate::worker::sweep::sweep;
use crate::worker::{Hand, Trouble};

/// Answers how many it stopped, and how many were held by somebody: the next turn finds those again.
///
/// # Errors
/// [`Trouble`].
pub async fn stop_forgotten_timers(hand: &Hand) -> Result<Value, Trouble> {
    let found = |conn: &mut _, behind| forgotten(conn, FORGOTTEN_AFTER, behind);
    Ok(sweep(hand, WorkLogId(0), found, stop_forgotten_timer).await?.result("stopped"))
}
