//! History: appending to a locked root's stream, and reading it back.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::failure::count;
use super::{Fault, Locked, Tx};
use crate::domain::chain::Link;
use crate::domain::event::{Changed, Happening, Root};
use crate::schema::{events, organisations, projects, users};

/// Puts a happening behind the last one of the locked root's stream. The writer who calls this moves the root's own
/// count and head on by the link's `seq` and `hash`, in the UPDATE that it makes of the root anyway.
#[must_use = "the root's count and head must move on too"]
pub fn record<T>(tx: &mut Tx<'_>, root: &mut Locked<T>, what: Happening) -> QueryResult<Link> {
    let link = root.chain.link(what, root.at);
    tx.changed(Changed { root: link.root, seq: link.seq });
    diesel::insert_into(events::table)
        .values((
            events::stream_kind.eq(link.root.kind()),
            events::stream_id.eq(link.root.id()),
            events::seq.eq(link.seq),
            events::at.eq(link.at),
            events::actor_id.eq(link.what.actor),
            events::kind.eq(link.what.kind),
            events::proposal_id.eq(link.what.proposal),
            events::subject_id.eq(link.what.subject),
            events::from_state.eq(link.what.from),
            events::to_state.eq(link.what.to),
            events::facts.eq(&link.what.facts),
            events::prev_hash.eq(&link.prev_hash),
            events::hash.eq(&link.hash),
        ))
        .execute(&mut **tx)?;
    Ok(link)
}

/// Puts a happening behind the last one of the locked root's stream and moves the root's count and head on.
///
/// # Errors
/// [`Fault::Miscounted`] if the stream went on without the lock, which only raw SQL could do.
pub fn append<T>(tx: &mut Tx<'_>, root: &mut Locked<T>, what: Happening) -> Result<(), Fault> {
    let before = root.chain.count;
    let link = record(tx, root, what)?;
    let moved = match link.root {
        Root::Project(id) => diesel::update(projects::table.find(id.0).filter(projects::event_count.eq(before)))
            .set((projects::event_count.eq(link.seq), projects::chain_head.eq(&link.hash)))
            .execute(&mut **tx)?,
        Root::Organisation(id) => diesel::update(organisations::table.find(id.0).filter(organisations::event_count.eq(before)))
            .set((organisations::event_count.eq(link.seq), organisations::chain_head.eq(&link.hash)))
            .execute(&mut **tx)?,
        Root::Person(id) => diesel::update(users::table.find(id.0).filter(users::event_count.eq(before)))
            .set((users::event_count.eq(link.seq), users::chain_head.eq(&link.hash)))
            .execute(&mut **tx)?,
    };
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
