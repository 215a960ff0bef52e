//! Locking a ticket, and reading what decides on it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Text, Timestamptz};

use crate::db::locked::{Held, patiently};
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::event::Root;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::{Hours, Rules, Ticket};
use crate::schema::tickets;

/// What decides beside the row: read after its lock was had, in one statement with the clock.
#[derive(Debug, Clone, QueryableByName)]
pub struct Desk {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    /// How many entries its history has.
    #[diesel(sql_type = Integer)]
    pub entries: i32,
    /// Whether whoever comes keeps the house.
    #[diesel(sql_type = Bool)]
    pub is_admin: bool,
    #[diesel(sql_type = Text)]
    zone: String,
    #[diesel(sql_type = Array<Integer>)]
    opens: Vec<i32>,
    #[diesel(sql_type = Array<Integer>)]
    closes: Vec<i32>,
    #[diesel(sql_type = Array<Date>)]
    holidays: Vec<NaiveDate>,
    #[diesel(sql_type = BigInt)]
    edition: i64,
    #[diesel(sql_type = Integer)]
    answer_minutes: i32,
    #[diesel(sql_type = Integer)]
    next_minutes: i32,
}

impl Desk {
    /// What the house has promised itself for this ticket.
    pub fn rules(&self) -> Rules {
        let hours = Hours::of(&self.zone, &self.opens, &self.closes, self.holidays.clone());
        Rules { edition: self.edition, hours, answer: self.answer_minutes, next: self.next_minutes }
    }
}

/// FOR NO KEY UPDATE, which excludes every other change, but lets rows that refer to the ticket be added.
///
/// # Errors
/// Nothing if there is no such ticket; [`Fault::Busy`] if somebody holds it for too long.
pub fn lock(tx: &mut Tx<'_>, id: TicketId) -> Result<Option<Held<Ticket>>, Fault> {
    let query = || tickets::table.find(id.0).select(Ticket::as_select()).for_no_key_update();
    let ticket = patiently(tx, Root::Ticket(id), |pg| query().no_wait().first(pg), |pg| query().first(pg))?;
    Ok(ticket.map(|ticket| {
        let chain = ticket.chain();
        Held::new(ticket, chain)
    }))
}

/// What decides on a ticket that is locked, for whoever comes; nobody: the house itself.
pub fn desk(tx: &mut Tx<'_>, ticket: Held<Ticket>, by: Option<UserId>) -> QueryResult<(Locked<Ticket>, Desk)> {
    let desk: Desk = statement(
        "SELECT clock_timestamp() AS at, (SELECT jsonb_array_length(history) FROM tickets WHERE id = $1) AS entries, \
            coalesce((SELECT is_admin AND closed_at IS NULL AND suspended_at IS NULL FROM users WHERE id = $2), false) AS is_admin, \
            h.zone, h.opens, h.closes, h.holidays, h.edition, p.answer_minutes, p.next_minutes \
         FROM house_hours h, ticket_policies p WHERE p.topic = $3",
    )
    .bind::<BigInt, _>(ticket.id)
    .bind::<BigInt, _>(by.unwrap_or(UserId(0)))
    .bind::<Text, _>(ticket.topic)
    .get_result(&mut **tx)?;
    let ticket = ticket.read_at(desk.at);
    Ok((ticket, desk))
}

pub(super) fn clock(desk: &Desk) -> DateTime<Utc> {
    desk.at
}
