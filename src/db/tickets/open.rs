//! Opening a ticket.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::lock::{Desk, clock};
use crate::db::locked::Held;
use crate::db::prepared::{literal, statement};
use crate::db::{Fault, Locked, Tx};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::ticket::{Ticket, TicketStatus, Topic};
use crate::domain::words::TicketTitle;
use crate::schema::tickets;

/// What somebody asks.
#[derive(Debug, Clone)]
pub struct Asked {
    /// About what.
    pub topic: Topic,
    /// In a few words.
    pub title: TicketTitle,
    /// On which contract.
    pub contract: Option<ContractId>,
}

/// Whether somebody may name a contract: as its freelancer, or as a member of its client.
pub fn may_name_contract(conn: &mut PgConnection, id: ContractId, by: UserId) -> QueryResult<bool> {
    let there = literal::<Bool>("EXISTS (SELECT FROM contracts c WHERE c.id = ").bind::<BigInt, _>(id);
    let there = there.sql(" AND (c.freelancer_id = ").bind::<BigInt, _>(by);
    let there = there.sql(" OR EXISTS (SELECT FROM memberships m WHERE m.organisation_id = c.organisation_id AND m.user_id = ");
    diesel::select(there.bind::<BigInt, _>(by).sql(")))")).get_result(conn)
}

/// What decides on a ticket that is yet to be written: the rules of its topic, and the clock.
pub fn asked(tx: &mut Tx<'_>, topic: Topic) -> QueryResult<Desk> {
    statement(
        "SELECT clock_timestamp() AS at, 0 AS entries, false AS is_admin, h.zone, h.opens, h.closes, h.holidays, h.edition, \
            p.answer_minutes, p.next_minutes FROM house_hours h, ticket_policies p WHERE p.topic = $1",
    )
    .bind::<Text, _>(topic)
    .get_result(&mut **tx)
}

/// Writes a new ticket down; its history has yet to begin.
pub fn write_opened(tx: &mut Tx<'_>, by: UserId, asked: &Asked, desk: &Desk) -> Result<Locked<Ticket>, Fault> {
    let (at, begins) = (clock(desk), desk.rules().begins(TicketStatus::New, clock(desk)));
    let ticket: Ticket = diesel::insert_into(tickets::table)
        .values((
            tickets::opener_id.eq(by.0),
            tickets::contract_id.eq(asked.contract.map(|id| id.0)),
            tickets::topic.eq(asked.topic),
            tickets::title.eq(asked.title.as_str()),
            (tickets::clock_from.eq(begins.from), tickets::due_at.eq(begins.due), tickets::due_under.eq(begins.under)),
            (tickets::opened_at.eq(at), tickets::updated_at.eq(at)),
        ))
        .returning(Ticket::as_returning())
        .get_result(&mut **tx)?;
    let chain = ticket.chain();
    Ok(Held::new(ticket, chain).read_at(at))
}
