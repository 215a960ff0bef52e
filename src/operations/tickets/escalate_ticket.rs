//! Passing a ticket on to the next level.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, notices, tickets, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::ticket::{TicketAct, TicketRefused};
use crate::domain::words::TicketWords;
use crate::operations::{behind_window, once, refused};

/// To whom, and why.
#[derive(Debug, Clone)]
pub struct Escalation {
    /// The admin who has it from now on.
    pub to: UserId,
    /// For admins alone.
    pub why: TicketWords,
    /// The level that was seen.
    pub seen: Option<i32>,
}

/// Raises the level by one, in SQL, under the ticket's lock, and begins the next level's clock. Who gets it is told, once for
/// each level.
///
/// # Errors
/// [`TicketRefused`], recorded; or whatever broke, with nothing written.
pub fn escalate_ticket(conn: &mut Connection<'_>, by: UserId, id: TicketId, what: &Escalation) -> Result<(), Failure<TicketRefused>> {
    let attempt = Attempt::new(by, "escalate_ticket");
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| escalate(tx, by, id, what))))
}

fn escalate(tx: &mut Tx<'_>, by: UserId, id: TicketId, what: &Escalation) -> Result<(), Failure<TicketRefused>> {
    let mut window = behind_window(tx, id, by)?;
    if !tickets::is_admin(tx, what.to)? {
        return Err(Failure::Refused(TicketRefused::NotAnAdmin));
    }
    let (rules, entries, at) = (window.desk.rules(), window.desk.entries, window.ticket.at);
    let step = window.ticket.escalate(what.to, what.seen, &rules, entries, at).map_err(Failure::Refused)?;
    tickets::write_escalated(tx, &window.ticket, &step)?;
    let mut entry = window.entry(Some(by), TicketAct::Escalated);
    (entry.whom, entry.level) = (Some(what.to), Some(window.ticket.level + 1));
    if step.to() != window.ticket.status {
        (entry.from, entry.to) = (Some(window.ticket.status), Some(step.to()));
    }
    window.write(tx, &entry, by, true, &what.why)?;
    window.tell(tx, &entry, EventKind::TicketEscalated, Some(&what.why), &json!({ "level": window.ticket.level + 1 }))?;
    notices::tell(tx, &window.ticket, by, &[Notice::person(NoticeKind::TicketEscalated, what.to)])?;
    Ok(())
}
