//! What the house does about a ticket by the clock: reckons anew what was reckoned by rules that have changed, and passes on
//! what nobody answered in time.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, Fault, Tx, notices, tickets, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::TicketId;
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::ticket::{Step, TicketAct, TicketRefused};
use crate::operations::Window;

/// Judges a ticket anew under its lock: somebody may have answered, and another worker may have been first. Everybody who keeps
/// the house is told of each level once. Answers whether this very call changed something.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn keep_ticket_on_time(conn: &mut Connection<'_>, id: TicketId) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| keep(tx, id))
}

fn keep(tx: &mut Tx<'_>, id: TicketId) -> Result<bool, Failure<Infallible>> {
    let Some(ticket) = tickets::lock(tx, id)? else { return Ok(false) };
    let (ticket, desk) = tickets::desk(tx, ticket, None)?;
    let mut window = Window { ticket, desk };
    let (rules, entries, at) = (window.desk.rules(), window.desk.entries, window.ticket.at);
    if let Some(step) = window.ticket.reckoned_anew(&rules) {
        tickets::write_step(tx, &window.ticket, &step)?;
        return Ok(true);
    }
    let Some(step) = window.ticket.overdue(&rules, entries, at) else { return Ok(false) };
    escalate(tx, &mut window, &step).map(|()| true)
}

fn escalate(tx: &mut Tx<'_>, window: &mut Window, step: &Step) -> Result<(), Failure<Infallible>> {
    let level = window.ticket.level + 1;
    tickets::write_escalated(tx, &window.ticket, step)?;
    let mut entry = window.entry(None, TicketAct::Escalated);
    entry.level = Some(level);
    window.tell(tx, &entry, EventKind::TicketEscalated, None, &json!({ "level": level })).map_err(full)?;
    notices::tell(tx, &window.ticket, None, &[Notice::admins(NoticeKind::TicketEscalated)])?;
    Ok(())
}

/// That there is room was decided under the same lock.
fn full(failure: Failure<TicketRefused>) -> Failure<Infallible> {
    match failure {
        Failure::Broken(fault) => Failure::Broken(fault),
        Failure::Refused(_) => Fault::Miscounted { what: "a ticket's history", meant: 1, wrote: 0 }.into(),
    }
}
