//! History: appending to a locked root's stream, and reading it back.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bytea, Jsonb, Nullable, Text, Timestamptz};

use super::failure::count;
use super::prepared::Prepared;
use super::{Fault, Locked, Tx};
use crate::domain::chain::Link;
use crate::domain::event::{Changed, Happening, Root};
use crate::schema::{events, users};

/// Puts a happening behind the last one of the locked root's stream: what [`telling`] writes.
#[must_use = "the event must be written, and the root's count and head must move on with it"]
pub(super) fn link<T>(tx: &mut Tx<'_>, root: &mut Locked<T>, what: Happening) -> Link {
    let link = root.chain.link(what, root.at);
    tx.changed(Changed { root: link.root, seq: link.seq });
    link
}

/// Begins the statement that writes an event, `WITH told AS (INSERT …)`; it goes on with an UPDATE that moves the root's
/// count and head on, so that both are one trip to the server.
pub(super) fn telling(link: &Link) -> Prepared<'_> {
    let what = &link.what;
    Prepared::new(
        "WITH told AS (INSERT INTO events (stream_kind, stream_id, seq, at, actor_id, kind, proposal_id, subject_id, from_state, \
         to_state, facts, prev_hash, hash) VALUES (",
    )
    .value::<Text, _>(link.root.kind(), ", ")
    .value::<BigInt, _>(link.root.id(), ", ")
    .value::<BigInt, _>(link.seq, ", ")
    .value::<Timestamptz, _>(link.at, ", ")
    .value::<Nullable<BigInt>, _>(what.actor, ", ")
    .value::<Text, _>(what.kind, ", ")
    .value::<Nullable<BigInt>, _>(what.proposal, ", ")
    .value::<Nullable<BigInt>, _>(what.subject, ", ")
    .value::<Nullable<Text>, _>(what.from, ", ")
    .value::<Nullable<Text>, _>(what.to, ", ")
    .value::<Jsonb, _>(&what.facts, ", ")
    .value::<Bytea, _>(&link.prev_hash, ", ")
    .value::<Bytea, _>(&link.hash, "))")
}

/// Puts a happening behind the last one of the locked root's stream and moves the root's count and head on.
///
/// # Errors
/// [`Fault::Miscounted`] if the stream went on without the lock, which only raw SQL could do.
pub fn append<T>(tx: &mut Tx<'_>, root: &mut Locked<T>, what: Happening) -> Result<(), Fault> {
    let before = root.chain.count;
    let link = link(tx, root, what);
    let update = match link.root {
        Root::Project(_) => " UPDATE projects SET event_count = ",
        Root::Organisation(_) => " UPDATE organisations SET event_count = ",
        Root::Person(_) => " UPDATE users SET event_count = ",
        Root::Contract(_) => " UPDATE contracts SET event_count = ",
        Root::Ticket(_) => " UPDATE tickets SET event_count = ",
    };
    let moved = telling(&link)
        .text(update)
        .value::<BigInt, _>(link.seq, ", chain_head = ")
        .value::<Bytea, _>(&link.hash, " WHERE id = ")
        .value::<BigInt, _>(link.root.id(), " AND event_count = ")
        .value::<BigInt, _>(before, "")
        .execute(&mut **tx)?;
    count("streams moved on", 1, moved)
}

/// An event as it was read back, with its actor's name.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Recorded {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor_id: Option<i64>,
    pub actor_name: Option<String>,
    pub kind: String,
    pub proposal_id: Option<i64>,
    pub subject_id: Option<i64>,
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    pub facts: serde_json::Value,
    pub prev_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

/// A part of a stream, oldest first: what comes behind event `after` up to event `last`, at most `limit`.
pub fn stream(conn: &mut PgConnection, root: Root, after: i64, last: i64, limit: i64) -> QueryResult<Vec<Recorded>> {
    events::table
        .left_join(users::table)
        .filter(events::stream_kind.eq(root.kind()))
        .filter(events::stream_id.eq(root.id()))
        .filter(events::seq.gt(after))
        .filter(events::seq.le(last))
        .order(events::seq)
        .limit(limit)
        .select((
            events::seq,
            events::at,
            events::actor_id,
            users::name.nullable(),
            events::kind,
            events::proposal_id,
            events::subject_id,
            events::from_state,
            events::to_state,
            events::facts,
            events::prev_hash,
            events::hash,
        ))
        .load(conn)
}
