//! Tickets in lists: a person's own, and the house's queue.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::portion::Portion;
use crate::db::prepared::statement;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::{HIGHEST, TicketStatus, Topic};

/// So many are found at once.
const MOST: i64 = 100;

/// Which tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Which {
    /// Somebody waits for the house: the one that is due first stands first.
    #[default]
    Due,
    /// In one state, the newest first.
    In(TicketStatus),
    /// All, the newest first.
    All,
}

/// What is looked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Filter {
    /// Which.
    pub which: Which,
    /// Of one person alone.
    pub opener: Option<UserId>,
    /// Those that one admin has.
    pub assignee: Option<UserId>,
    /// Those that nobody has.
    pub nobodys: bool,
    /// About one topic.
    pub topic: Option<Topic>,
    /// Words in the title or in what was written.
    pub words: Option<String>,
}

/// A ticket in a list.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Listed {
    #[diesel(sql_type = BigInt)]
    pub id: TicketId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub topic: Topic,
    #[diesel(sql_type = Text)]
    pub status: TicketStatus,
    #[diesel(sql_type = Integer)]
    pub level: i32,
    #[diesel(sql_type = Text)]
    pub opener: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub assignee_id: Option<UserId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub assignee: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub opened_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub due_at: Option<DateTime<Utc>>,
    /// Whether whoever asked has written often without an answer.
    #[diesel(sql_type = Bool)]
    pub pressing: bool,
    /// The database's clock.
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}

impl Listed {
    /// Whether whoever waits has waited for too long.
    pub fn is_overdue(&self) -> bool {
        self.due_at.is_some_and(|due| due <= self.now)
    }
}

const ROWS: &str = "SELECT t.id, t.title, t.topic, t.status, t.level, o.name AS opener, t.assignee_id, a.name AS assignee, t.opened_at, \
        t.updated_at, t.due_at, coalesce((t.facts ->> 'pressing')::boolean, false) AS pressing, clock_timestamp() AS now \
    FROM tickets t JOIN users o ON o.id = t.opener_id LEFT JOIN users a ON a.id = t.assignee_id WHERE true";

/// A portion of them behind a ticket, and whether there are more. Whether the reader may have them is the caller's to ask.
/// What is not asked for does not stand in the statement, so that each sort of list is served by its own index.
pub fn portion(conn: &mut PgConnection, filter: &Filter, after: Option<TicketId>, portion: Portion) -> QueryResult<(Vec<Listed>, bool)> {
    let state = if let Which::In(state) = filter.which { Some(state) } else { None };
    let due = filter.which == Which::Due;
    let wanted = [
        (filter.opener.is_some(), " AND t.opener_id = $1"),
        (filter.assignee.is_some(), " AND t.assignee_id = $2"),
        (filter.nobodys, " AND t.assignee_id IS NULL"),
        (filter.topic.is_some(), " AND t.topic = $3"),
        (filter.words.is_some(), " AND t.title ILIKE '%' || $4 || '%'"),
        (state.is_some(), " AND t.status = $5"),
        (due, " AND t.status IN ('NEW', 'OPEN')"),
        (due && after.is_some(), " AND (t.due_at, t.id) > ((SELECT due_at FROM tickets WHERE id = $6), $6)"),
        (!due && after.is_some(), " AND t.id < $6"),
    ];
    let wanted: String = wanted.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, text)| text).collect();
    let order = if due { "t.due_at, t.id" } else { "t.id DESC" };
    let rows = statement(format!("{ROWS}{wanted} ORDER BY {order} LIMIT $7"))
        .bind::<Nullable<BigInt>, _>(filter.opener)
        .bind::<Nullable<BigInt>, _>(filter.assignee)
        .bind::<Nullable<Text>, _>(filter.topic)
        .bind::<Nullable<Text>, _>(filter.words.clone())
        .bind::<Nullable<Text>, _>(state)
        .bind::<Nullable<BigInt>, _>(after)
        .bind::<BigInt, _>(portion.read())
        .load(conn)?;
    Ok(portion.cut(rows))
}

/// Tickets behind a number that are out of time, or whose time was reckoned by rules that have changed since. What is read here
/// refuses, never grants.
pub fn out_of_time(conn: &mut PgConnection, behind: TicketId) -> QueryResult<Vec<TicketId>> {
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = BigInt)]
        id: TicketId,
    }
    let query = "SELECT t.id FROM tickets t, house_hours h WHERE t.status IN ('NEW', 'OPEN') AND t.id > $1 \
        AND (t.due_under <> h.edition OR t.due_at <= clock_timestamp() AND t.level < $2) ORDER BY t.id LIMIT $3";
    let query = statement(query).bind::<BigInt, _>(behind).bind::<Integer, _>(HIGHEST).bind::<BigInt, _>(MOST);
    Ok(query.load::<Id>(conn)?.into_iter().map(|row| row.id).collect())
}
