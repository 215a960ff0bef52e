//! Stopping the timers that somebody forgot, one by one.

use std::convert::Infallible;

use serde_json::{Value, json};

use crate::db::work_logs::forgotten;
use crate::db::{Failure, Fault};
use crate::domain::ids::WorkLogId;
use crate::domain::work::FORGOTTEN_AFTER;
use crate::operations::time::stop_forgotten_timer;
use crate::worker::{Hand, Trouble};

/// Answers how many it stopped, and how many were held by somebody: the next turn finds those again.
///
/// # Errors
/// [`Trouble`].
pub async fn stop_forgotten_timers(hand: &Hand) -> Result<Value, Trouble> {
    let (mut stopped, mut left, mut behind) = (0, 0, WorkLogId(0));
    loop {
        let found = hand.database().run(move |conn| Ok::<_, Failure<Infallible>>(forgotten(conn, FORGOTTEN_AFTER, behind)?)).await?;
        let Some(last) = found.last() else { return Ok(json!({ "stopped": stopped, "left": left })) };
        behind = *last;
        for id in found {
            hand.go_on()?;
            match hand.database().change(move |conn| stop_forgotten_timer(conn, id)).await {
                Ok(done) => stopped += i32::from(done),
                Err(Failure::Broken(Fault::Busy(_))) => left += 1,
                Err(failure) => return Err(failure.into()),
            }
        }
    }
}
