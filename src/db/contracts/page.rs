//! What the pages of a contract show.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};

use crate::db::prepared::statement;
use crate::domain::contract::Fault;
use crate::domain::event::EventKind;
use crate::domain::ids::ContractId;

/// How a contract ended.
#[derive(Debug, Clone, QueryableByName)]
pub struct Ended {
    /// Who ended it.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// Whose fault an early end is, by the word of who ended it.
    #[diesel(sql_type = Nullable<Text>)]
    pub fault: Option<Fault>,
    /// Why it ended early.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    /// Whether both sides can write still what it was like.
    #[diesel(sql_type = Bool)]
    pub takes_reviews: bool,
}

/// How a contract ended, if it did.
pub fn ending(conn: &mut PgConnection, id: ContractId) -> QueryResult<Option<Ended>> {
    let query = "SELECT u.name, e.ended_at AS at, e.fault, e.reason, e.ended_at > clock_timestamp() - interval '14 days' \
            AND NOT EXISTS (SELECT FROM reviews r WHERE r.contract_id = e.contract_id AND r.shown_at IS NOT NULL) AS takes_reviews \
        FROM contract_endings e JOIN users u ON u.id = e.ended_by WHERE e.contract_id = $1";
    statement(query).bind::<BigInt, _>(id).get_result(conn).optional()
}

/// Who did something to a contract, and when.
#[derive(Debug, Clone, QueryableByName)]
pub struct LastMove {
    /// Their id.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub by: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// What it was.
    #[diesel(sql_type = Text)]
    kind: String,
    /// The database's clock now.
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}

impl LastMove {
    /// What it was, where this program has a word for it.
    pub fn kind(&self) -> Option<EventKind> {
        EventKind::parse(&self.kind)
    }
}

/// The last thing that happened to a contract, or to one of its milestones: what whoever came too late is told.
pub fn last_move(conn: &mut PgConnection, id: ContractId, milestone: Option<i64>) -> QueryResult<Option<LastMove>> {
    let query = "SELECT e.actor_id AS by, u.name, e.at, e.kind, clock_timestamp() AS now FROM events e LEFT JOIN users u ON u.id = e.actor_id \
         WHERE e.stream_kind = 'CONTRACT' AND e.stream_id = $1 AND ($2 IS NULL AND e.facts -> 'milestone' IS NULL AND e.kind NOT LIKE 'MILESTONE%' AND e.kind NOT LIKE 'REVIEW%' \
             OR e.facts ->> 'milestone' = $2::text OR e.facts -> 'milestones' @> jsonb_build_array(jsonb_build_object('milestone', $2))) \
         ORDER BY e.seq DESC LIMIT 1";
    statement(query).bind::<BigInt, _>(id).bind::<Nullable<BigInt>, _>(milestone).get_result(conn).optional()
}
