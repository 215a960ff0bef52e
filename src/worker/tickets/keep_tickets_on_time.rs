//! Keeping tickets on time, one after the other, under a lock by name: of several machines one goes through them.

use serde_json::Value;

use crate::db::tickets::out_of_time;
use crate::domain::ids::TicketId;
use crate::domain::named_lock::NamedLock;
use crate::operations::tickets::keep_ticket_on_time;
use crate::worker::sweep::{in_turn, sweep_under};
use crate::worker::{Hand, Trouble};

/// Answers of how many tickets something was changed.
///
/// # Errors
/// [`Trouble`].
pub async fn keep_tickets_on_time(hand: &Hand) -> Result<Value, Trouble> {
    in_turn(hand, NamedLock::TicketEscalation, async |turn| {
        Ok(sweep_under(hand, turn, TicketId(0), out_of_time, keep_ticket_on_time).await?.result("changed"))
    })
    .await
}
