//! One ticket as its page shows it. Whether the reader may know of it is asked with it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz};
use serde_json::Value;

use crate::db::prepared::statement;
use crate::domain::ids::{ContractId, TicketId, UserId};
use crate::domain::ticket::{Entry, Facts, Seat, TicketStatus, Topic};
use crate::schema::users;

/// A ticket with the names that belong to it.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Shown {
    #[diesel(sql_type = BigInt)]
    pub id: TicketId,
    #[diesel(sql_type = BigInt)]
    pub opener_id: UserId,
    #[diesel(sql_type = Text)]
    pub opener: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub topic: Topic,
    #[diesel(sql_type = Text)]
    pub status: TicketStatus,
    #[diesel(sql_type = Integer)]
    pub level: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub assignee_id: Option<UserId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub assignee: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub merged_into: Option<TicketId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub contract_id: Option<ContractId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub project: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub opened_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub due_at: Option<DateTime<Utc>>,
    /// The database's clock.
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    is_admin: bool,
    #[diesel(sql_type = Bool)]
    is_own: bool,
    #[diesel(sql_type = Jsonb)]
    facts: Value,
}

impl Shown {
    /// As what the reader comes to it.
    pub fn seat(&self) -> Seat {
        if self.is_own || !self.is_admin { Seat::Opener } else { Seat::Agent }
    }

    /// What was counted along.
    pub fn facts(&self) -> Facts {
        Facts::of(&self.facts)
    }

    /// Whether whoever waits has waited for too long.
    pub fn is_overdue(&self) -> bool {
        self.due_at.is_some_and(|due| due <= self.now)
    }
}

/// A ticket, if it is the reader's own or they keep the house.
pub fn find_for(conn: &mut PgConnection, id: TicketId, reader: UserId) -> QueryResult<Option<Shown>> {
    statement(
        "SELECT t.id, t.opener_id, o.name AS opener, t.title, t.topic, t.status, t.level, t.assignee_id, a.name AS assignee, t.merged_into, \
            t.contract_id, p.title AS project, t.opened_at, t.due_at, clock_timestamp() AS now, r.is_admin, t.opener_id = $2 AS is_own, t.facts \
         FROM tickets t JOIN users o ON o.id = t.opener_id JOIN users r ON r.id = $2 LEFT JOIN users a ON a.id = t.assignee_id \
         LEFT JOIN contracts c ON c.id = t.contract_id LEFT JOIN projects p ON p.id = c.project_id \
         WHERE t.id = $1 AND (t.opener_id = $2 OR r.is_admin)",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(reader)
    .get_result(conn)
    .optional()
}

/// One entry of a history with its words.
#[derive(Debug, Clone, QueryableByName)]
pub struct Timeline {
    #[diesel(sql_type = Jsonb)]
    entry: Value,
    /// Who did it; nobody: the house.
    #[diesel(sql_type = Nullable<Text>)]
    pub by: Option<String>,
    /// To whom it was given.
    #[diesel(sql_type = Nullable<Text>)]
    pub whom: Option<String>,
    /// What was written.
    #[diesel(sql_type = Nullable<Text>)]
    pub words: Option<String>,
    /// Whether that is for admins alone.
    #[diesel(sql_type = Bool)]
    pub internal: bool,
}

impl Timeline {
    /// The entry; none that this program cannot read.
    pub fn entry(&self) -> Option<Entry> {
        serde_json::from_value(self.entry.clone()).ok()
    }
}

/// A ticket's history, oldest first, as an admin reads it, or without what admins note for each other. Whether the reader
/// may know of the ticket is the caller's to ask.
pub fn timeline(conn: &mut PgConnection, id: TicketId, seat: Seat) -> QueryResult<Vec<Timeline>> {
    statement(
        "SELECT h.entry, b.name AS by, w.name AS whom, coalesce(t.internal, false) AS internal, \
            CASE WHEN $2 OR NOT t.internal THEN t.words END AS words \
         FROM tickets k CROSS JOIN LATERAL jsonb_array_elements(k.history) WITH ORDINALITY AS h (entry, place) \
         LEFT JOIN ticket_words t ON t.ticket_id = k.id AND t.number = h.place \
         LEFT JOIN users b ON b.id = (h.entry ->> 'by')::bigint LEFT JOIN users w ON w.id = (h.entry ->> 'whom')::bigint \
         WHERE k.id = $1 AND ($2 OR h.entry ->> 'what' <> 'NOTED') ORDER BY h.place",
    )
    .bind::<BigInt, _>(id)
    .bind::<Bool, _>(seat == Seat::Agent)
    .load(conn)
}

/// The last thing that happened to a ticket: what whoever came too late is told.
pub fn last_entry(conn: &mut PgConnection, id: TicketId, seat: Seat) -> QueryResult<Option<Timeline>> {
    Ok(timeline(conn, id, seat)?.pop())
}

/// Somebody who keeps the house.
#[derive(Debug, Clone, Queryable)]
pub struct Admin {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
}

/// All who keep the house, by name.
pub fn admins(conn: &mut PgConnection) -> QueryResult<Vec<Admin>> {
    users::table
        .filter(users::is_admin)
        .filter(users::closed_at.is_null())
        .filter(users::suspended_at.is_null())
        .order((users::name, users::id))
        .select((users::id, users::name))
        .load(conn)
}

/// Whether somebody keeps the house.
pub fn is_admin(conn: &mut PgConnection, id: UserId) -> QueryResult<bool> {
    let found = users::table.find(id.0).filter(users::closed_at.is_null()).filter(users::suspended_at.is_null()).select(users::is_admin);
    Ok(found.first(conn).optional()?.unwrap_or_default())
}
