//! Giving a ticket to an admin, or back to nobody.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, notices, tickets, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::ticket::{TicketAct, TicketRefused};
use crate::operations::{behind_window, once, refused};

/// Gives it, under its lock, where who has it is who was seen to have it. The one who gets it is told.
///
/// # Errors
/// [`TicketRefused`], recorded; or whatever broke, with nothing written.
pub fn assign_ticket(
    conn: &mut Connection<'_>,
    by: UserId,
    id: TicketId,
    to: Option<UserId>,
    seen: Option<UserId>,
) -> Result<(), Failure<TicketRefused>> {
    let attempt = Attempt::new(by, "assign_ticket");
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| assign(tx, by, id, to, seen))))
}

fn assign(tx: &mut Tx<'_>, by: UserId, id: TicketId, to: Option<UserId>, seen: Option<UserId>) -> Result<(), Failure<TicketRefused>> {
    let mut window = behind_window(tx, id, by)?;
    if let Some(to) = to
        && !tickets::is_admin(tx, to)?
    {
        return Err(Failure::Refused(TicketRefused::NotAnAdmin));
    }
    let Some(step) = window.ticket.assign(to, seen, window.desk.entries).map_err(Failure::Refused)? else { return Ok(()) };
    tickets::write_step(tx, &window.ticket, &step)?;
    let mut entry = window.entry(Some(by), TicketAct::Assigned);
    entry.whom = to;
    if step.to() != window.ticket.status {
        (entry.from, entry.to) = (Some(window.ticket.status), Some(step.to()));
    }
    window.tell(tx, &entry, EventKind::TicketAssigned, None, &json!({}))?;
    if let Some(to) = to {
        notices::tell(tx, &window.ticket, by, &[Notice::person(NoticeKind::TicketAssigned, to)])?;
    }
    Ok(())
}
