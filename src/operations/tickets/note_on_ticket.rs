//! Noting something on a ticket for other admins.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::{Place, TicketAct, TicketRefused};
use crate::domain::words::TicketWords;
use crate::operations::{behind_window, once, refused};

/// Writes a note that whoever asked never sees, under the ticket's lock. It moves no clock and tells nobody. Answers the
/// entry's place in the history.
///
/// # Errors
/// [`TicketRefused`], recorded; or whatever broke, with nothing written.
pub fn note_on_ticket(conn: &mut Connection<'_>, by: UserId, id: TicketId, words: &TicketWords) -> Result<Place, Failure<TicketRefused>> {
    let attempt = Attempt::new(by, "note_on_ticket");
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| write(tx, by, id, words))))
}

fn write(tx: &mut Tx<'_>, by: UserId, id: TicketId, words: &TicketWords) -> Result<Place, Failure<TicketRefused>> {
    let mut window = behind_window(tx, id, by)?;
    window.ticket.note(window.desk.entries).map_err(Failure::Refused)?;
    let entry = window.entry(Some(by), TicketAct::Noted);
    window.write(tx, &entry, by, true, words)?;
    window.tell(tx, &entry, EventKind::TicketNoted, Some(words), &json!({}))?;
    Ok(Place(entry.n))
}
