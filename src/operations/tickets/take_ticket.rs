//! Taking a ticket.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, tickets, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::{TicketAct, TicketRefused};
use crate::operations::{behind_window, once, refused};

/// Has an admin take a ticket that nobody has, under its lock. Taking one's own changes nothing.
///
/// # Errors
/// [`TicketRefused`], recorded; or whatever broke, with nothing written.
pub fn take_ticket(conn: &mut Connection<'_>, by: UserId, id: TicketId) -> Result<(), Failure<TicketRefused>> {
    refused(conn, Attempt::new(by, "take_ticket"), |conn| transaction(conn, |tx| once(tx, by, |tx| take(tx, by, id))))
}

fn take(tx: &mut Tx<'_>, by: UserId, id: TicketId) -> Result<(), Failure<TicketRefused>> {
    let mut window = behind_window(tx, id, by)?;
    let Some(step) = window.ticket.take(by, window.desk.entries).map_err(Failure::Refused)? else { return Ok(()) };
    tickets::write_step(tx, &window.ticket, &step)?;
    let mut entry = window.entry(Some(by), TicketAct::Taken);
    entry.whom = Some(by);
    if step.to() != window.ticket.status {
        (entry.from, entry.to) = (Some(window.ticket.status), Some(step.to()));
    }
    window.tell(tx, &entry, EventKind::TicketAssigned, None, &json!({}))
}
