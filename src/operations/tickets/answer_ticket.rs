//! Answering on a ticket: whoever asked, or an admin, who says what it becomes.

use serde_json::{Value, json};

use crate::db::json::{self as columns, Json};
use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Fault, Tx, notices, tickets, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::ticket::{Facts, Place, Seat, Ticket, TicketAct, TicketRefused, TicketStatus};
use crate::domain::words::TicketWords;
use crate::operations::{Outcome, once, refused, window};

/// What somebody answers.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The words.
    pub words: TicketWords,
    /// What an admin has the ticket become: waiting for who asked, where nothing is said.
    pub next: Option<TicketStatus>,
    /// The last entry that an admin saw.
    pub seen: Option<i32>,
}

/// Writes an answer and moves the ticket with it, under its lock; its clock begins anew. The other side is told. Answers the
/// entry's place in the history.
///
/// # Errors
/// [`TicketRefused`], recorded; or whatever broke, with nothing written.
pub fn answer_ticket(conn: &mut Connection<'_>, by: UserId, id: TicketId, answer: &Answer) -> Result<Place, Failure<TicketRefused>> {
    let attempt = Attempt::new(by, "answer_ticket");
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| write(tx, by, id, answer))))
}

fn write(tx: &mut Tx<'_>, by: UserId, id: TicketId, answer: &Answer) -> Result<Place, Failure<TicketRefused>> {
    let (mut window, seat) = window(tx, id, by)?;
    let (rules, entries, at) = (window.desk.rules(), window.desk.entries, window.ticket.at);
    let step = window.ticket.answer(seat, answer.next, (answer.seen, entries), &rules, at).map_err(Failure::Refused)?;
    tickets::write_step(tx, &window.ticket, &step)?;
    let mut entry = window.entry(Some(by), TicketAct::Answered);
    if step.to() != window.ticket.status {
        (entry.from, entry.to) = (Some(window.ticket.status), Some(step.to()));
    }
    window.write(tx, &entry, by, false, &answer.words)?;
    count(tx, id, seat)?;
    window.tell(tx, &entry, EventKind::TicketAnswered, Some(&answer.words), &json!({}))?;
    notices::tell(tx, &window.ticket, by, &[other_side(&window.ticket, seat)])?;
    Ok(Place(entry.n))
}

/// Counts along how often whoever asked has written without an answer.
fn count(tx: &mut Tx<'_>, id: TicketId, seat: Seat) -> Result<(), Fault> {
    match seat {
        Seat::Opener => {
            let again = |facts: Value| Ok::<_, Failure<Fault>>(Facts::of(&facts).asked_again().stored());
            match columns::change(tx, Json::TicketFacts, id.0, again) {
                Ok(_) => Ok(()),
                Err(Failure::Refused(fault) | Failure::Broken(fault)) => Err(fault),
            }
        }
        Seat::Agent => Ok(columns::merge(tx, Json::TicketFacts, id.0, &Facts::answered()).map(drop)?),
    }
}

/// Who is told of an answer: whoever asked; or who has the ticket, and where nobody has, everybody who keeps the house.
fn other_side(ticket: &Ticket, seat: Seat) -> Notice {
    match (seat, ticket.assignee_id) {
        (Seat::Agent, _) => Notice::person(NoticeKind::TicketAnswered, ticket.opener_id),
        (Seat::Opener, Some(assignee)) => Notice::person(NoticeKind::TicketAnswered, assignee),
        (Seat::Opener, None) => Notice::admins(NoticeKind::TicketAnswered),
    }
}

impl Outcome for Place {
    fn kept(&self) -> (i64, bool) {
        (self.0.into(), true)
    }
    fn again(made: i64, _: bool) -> Self {
        Self(i32::try_from(made).unwrap_or_default())
    }
}
