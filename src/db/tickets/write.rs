//! Writing what becomes of a ticket: each writer states what it changes from, and counts its rows. Its columns of JSON are
//! written by `db::json` alone.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use crate::db::failure::count;
use crate::db::json::{self, Json};
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::ids::{TicketWordsId, UserId};
use crate::domain::ticket::{Entry, MOST_ENTRIES, Merge, Step, Ticket};
use crate::domain::words::TicketWords;
use crate::schema::ticket_words;

const STEP: &str = "UPDATE tickets SET status = $2, assignee_id = $3, clock_from = $4, due_at = $5, clock_is_next = $6, due_under = $7, \
    updated_at = $8";
const STANDS: &str = " WHERE id = $1 AND status = $9 AND assignee_id IS NOT DISTINCT FROM $10 AND level = $11 AND merged_into IS NULL";

/// How it stands after what was decided.
pub fn write_step(tx: &mut Tx<'_>, ticket: &Locked<Ticket>, step: &Step) -> Result<(), Fault> {
    let wrote = write(tx, ticket, step, "")?;
    count("tickets moved", 1, wrote)
}

/// The same, one level higher: counted in SQL.
pub fn write_escalated(tx: &mut Tx<'_>, ticket: &Locked<Ticket>, step: &Step) -> Result<(), Fault> {
    let wrote = write(tx, ticket, step, ", level = level + 1")?;
    count("tickets escalated", 1, wrote)
}

fn write(tx: &mut Tx<'_>, ticket: &Locked<Ticket>, step: &Step, more: &str) -> Result<usize, Fault> {
    let clock = step.clock();
    Ok(statement(format!("{STEP}{more}{STANDS}"))
        .bind::<BigInt, _>(ticket.id)
        .bind::<Text, _>(step.to())
        .bind::<Nullable<BigInt>, _>(step.assignee())
        .bind::<Timestamptz, _>(clock.from)
        .bind::<Nullable<Timestamptz>, _>(clock.due)
        .bind::<Bool, _>(clock.is_next)
        .bind::<BigInt, _>(clock.under)
        .bind::<Timestamptz, _>(ticket.at)
        .bind::<Text, _>(ticket.status)
        .bind::<Nullable<BigInt>, _>(ticket.assignee_id)
        .bind::<Integer, _>(ticket.level)
        .execute(&mut **tx)?)
}

/// One ticket goes on in another; both are locked.
pub fn write_merged(tx: &mut Tx<'_>, source: &Locked<Ticket>, merge: Merge) -> Result<(), Fault> {
    let wrote = statement(
        "UPDATE tickets SET status = 'CLOSED', merged_into = $2, due_at = NULL, updated_at = $3 \
         WHERE id = $1 AND status = $4 AND merged_into IS NULL",
    )
    .bind::<BigInt, _>(merge.source)
    .bind::<BigInt, _>(merge.target)
    .bind::<Timestamptz, _>(source.at)
    .bind::<Text, _>(source.status)
    .execute(&mut **tx)?;
    count("tickets merged", 1, wrote)
}

/// Puts an entry behind the last one. Answers whether there was room.
pub fn write_entry(tx: &mut Tx<'_>, ticket: &Locked<Ticket>, entry: &Entry) -> QueryResult<bool> {
    json::append(tx, Json::TicketHistory, ticket.id.0, &entry.stored(), MOST_ENTRIES)
}

/// What was written with an entry.
pub fn write_words(
    tx: &mut Tx<'_>,
    ticket: &Locked<Ticket>,
    number: i32,
    by: UserId,
    internal: bool,
    words: &TicketWords,
) -> QueryResult<TicketWordsId> {
    diesel::insert_into(ticket_words::table)
        .values((
            ticket_words::ticket_id.eq(ticket.id.0),
            ticket_words::number.eq(number),
            ticket_words::author_id.eq(by.0),
            ticket_words::internal.eq(internal),
            ticket_words::words.eq(words.as_str()),
            ticket_words::written_at.eq(ticket.at),
        ))
        .returning(ticket_words::id)
        .get_result(&mut **tx)
}
