//! Closing a ticket without words.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, tickets, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::{TicketAct, TicketRefused};
use crate::operations::{once, refused, window};

/// Closes it for whoever asked, or for an admin, under its lock: for good.
///
/// # Errors
/// [`TicketRefused`], recorded; or whatever broke, with nothing written.
pub fn close_ticket(conn: &mut Connection<'_>, by: UserId, id: TicketId) -> Result<(), Failure<TicketRefused>> {
    refused(conn, Attempt::new(by, "close_ticket"), |conn| transaction(conn, |tx| once(tx, by, |tx| close(tx, by, id))))
}

fn close(tx: &mut Tx<'_>, by: UserId, id: TicketId) -> Result<(), Failure<TicketRefused>> {
    let (mut window, _) = window(tx, id, by)?;
    let (rules, at) = (window.desk.rules(), window.ticket.at);
    let step = window.ticket.close(&rules, at).map_err(Failure::Refused)?;
    tickets::write_step(tx, &window.ticket, &step)?;
    let mut entry = window.entry(Some(by), TicketAct::Closed);
    (entry.from, entry.to) = (Some(window.ticket.status), Some(step.to()));
    window.tell(tx, &entry, EventKind::TicketClosed, None, &json!({}))
}
