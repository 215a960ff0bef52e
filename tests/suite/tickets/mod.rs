//! What people ask of the house.
mod asking;
mod columns;
mod killed;
mod on_time;
pub mod promise;
mod queue;
mod races;
pub mod ready;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::db::tickets::Asked;
use guildhall::domain::ids::{TicketId, UserId};
use guildhall::domain::ticket::{Entry, TicketRefused, TicketStatus, Topic};
use guildhall::domain::words::{TicketTitle, TicketWords};
use guildhall::operations::tickets::{Answer, Escalation, NewTicket, answer_ticket, escalate_ticket, open_ticket};
use guildhall::schema::tickets;

use crate::support::given::{self, Somebody, patient};

/// Somebody who keeps the house.
pub fn admin(conn: &mut PgConnection, name: &str) -> Somebody {
    let admin = given::somebody(conn, name);
    conn.batch_execute(&format!("UPDATE users SET is_admin = true WHERE id = {}", admin.id)).expect("an admin");
    admin
}

/// Words for a ticket.
pub fn words(text: &str) -> TicketWords {
    TicketWords::parse(text).expect("words")
}

/// A ticket of this person's.
pub fn ticket(conn: &mut PgConnection, by: &Somebody) -> TicketId {
    let title = TicketTitle::parse("The printed week has no sums").expect("a title");
    let new = NewTicket { asked: Asked { topic: Topic::Other, title, contract: None }, words: words("On paper the last column is empty.") };
    open_ticket(&mut patient(conn), by.id, &new).expect("a ticket")
}

/// An answer, or an admin's with what comes then.
pub fn answers(
    conn: &mut PgConnection,
    by: &Somebody,
    id: TicketId,
    next: Option<TicketStatus>,
    seen: Option<i32>,
) -> Result<i32, Failure<TicketRefused>> {
    let answer = Answer { words: words("Thank you."), next, seen };
    answer_ticket(&mut patient(conn), by.id, id, &answer).map(|place| place.0)
}

/// Passes it on.
pub fn escalates(
    conn: &mut PgConnection,
    by: &Somebody,
    to: UserId,
    id: TicketId,
    seen: Option<i32>,
) -> Result<(), Failure<TicketRefused>> {
    let what = Escalation { to, why: words("It is about money."), seen };
    escalate_ticket(&mut patient(conn), by.id, id, &what)
}

/// A ticket's history as it is stored.
pub fn history(conn: &mut PgConnection, id: TicketId) -> Vec<Entry> {
    let stored: serde_json::Value = tickets::table.find(id.0).select(tickets::history).first(conn).expect("the ticket");
    serde_json::from_value(stored).expect("a history")
}

/// Its state and level.
pub fn stands(conn: &mut PgConnection, id: TicketId) -> (TicketStatus, i32) {
    tickets::table.find(id.0).select((tickets::status, tickets::level)).first(conn).expect("the ticket")
}
