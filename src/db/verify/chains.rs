//! Every stream from its first event to its root's head, read in batches.

use std::collections::HashMap;

use chrono::DateTime;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bytea, Nullable, Text};

use super::Report;
use crate::domain::chain::Hashed;
use crate::domain::event::Root;

/// Events of one batch.
const BATCH: usize = 2000;

/// The roots' tables, with the streams that they keep the heads of.
const ROOTS: [(&str, &str); 5] =
    [("PROJECT", "projects"), ("ORGANISATION", "organisations"), ("PERSON", "users"), ("CONTRACT", "contracts"), ("TICKET", "tickets")];

/// An event as it lies in the table. Time and facts may be anything by now, so they are read as what cannot fail.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    stream_kind: String,
    #[diesel(sql_type = BigInt)]
    stream_id: i64,
    #[diesel(sql_type = BigInt)]
    seq: i64,
    /// In microseconds since 1970; none for a time that is no time.
    #[diesel(sql_type = Nullable<BigInt>)]
    micros: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    actor_id: Option<i64>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    proposal_id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    subject_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    from_state: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    to_state: Option<String>,
    #[diesel(sql_type = Text)]
    facts: String,
    #[diesel(sql_type = Bytea)]
    prev_hash: Vec<u8>,
    #[diesel(sql_type = Bytea)]
    hash: Vec<u8>,
}

/// Where the walk along one stream has got to.
struct Walk {
    kind: String,
    id: i64,
    seq: i64,
    hash: Vec<u8>,
}

#[derive(QueryableByName)]
struct Head {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    event_count: i64,
    #[diesel(sql_type = Bytea)]
    chain_head: Vec<u8>,
}

/// Walks all streams, then looks for roots that count events where there are none.
pub fn check(conn: &mut PgConnection, report: &mut Report) -> QueryResult<()> {
    let mut walk: Option<Walk> = None;
    loop {
        let rows = batch(conn, walk.as_ref())?;
        let last = rows.len() < BATCH;
        let mut ended = Vec::new();
        for row in rows {
            let next = step(walk.as_ref(), &row, report);
            let before = walk.replace(next);
            ended.extend(before.filter(|before| (before.kind.as_str(), before.id) != (row.stream_kind.as_str(), row.stream_id)));
        }
        if last {
            ended.extend(walk.take());
        }
        heads(conn, &ended, report)?;
        if last {
            break;
        }
    }
    empty(conn, report)
}

fn batch(conn: &mut PgConnection, after: Option<&Walk>) -> QueryResult<Vec<Row>> {
    let (kind, id, seq) = after.map_or(("", 0, 0), |walk| (walk.kind.as_str(), walk.id, walk.seq));
    diesel::sql_query(
        "SELECT stream_kind, stream_id, seq, CASE WHEN isfinite(at) THEN (extract(epoch FROM at) * 1000000)::bigint END AS micros, \
                actor_id, kind, proposal_id, subject_id, from_state, to_state, facts::text AS facts, prev_hash, hash \
         FROM events WHERE (stream_kind, stream_id, seq) > ($1, $2, $3) ORDER BY stream_kind, stream_id, seq LIMIT $4",
    )
    .bind::<Text, _>(kind)
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(seq)
    .bind::<BigInt, _>(i64::try_from(BATCH).unwrap_or(i64::MAX))
    .load(conn)
}

/// Looks at one event beside the one before it. What is found wrong is said once: behind a gap the link to the one
/// before cannot fit.
fn step(before: Option<&Walk>, row: &Row, report: &mut Report) -> Walk {
    let same = before.filter(|walk| (walk.kind.as_str(), walk.id) == (row.stream_kind.as_str(), row.stream_id));
    let at = name(&row.stream_kind, row.stream_id);
    report.checked.events += 1;
    report.checked.streams += u64::from(same.is_none());
    let (expected, head) = same.map_or((1, [].as_slice()), |walk| (walk.seq + 1, walk.hash.as_slice()));
    if row.seq != expected {
        report.fault("chain_gap", at, format!("after event {} comes event {}", expected - 1, row.seq));
    } else if row.prev_hash != head {
        report.fault("chain_link", at, format!("event {} does not carry the hash of the one before it", row.seq));
    } else if hash(row).is_none_or(|hash| hash != row.hash) {
        report.fault("chain_hash", at, format!("event {} is not as it was written: its hash is another", row.seq));
    }
    Walk { kind: row.stream_kind.clone(), id: row.stream_id, seq: row.seq, hash: row.hash.clone() }
}

/// The hash that the event's fields have now; none where a field can no longer be read.
fn hash(row: &Row) -> Option<Vec<u8>> {
    let facts = serde_json::from_str(&row.facts).ok()?;
    let hashed = Hashed {
        root: Root::of(&row.stream_kind, row.stream_id)?,
        seq: row.seq,
        at: DateTime::from_timestamp_micros(row.micros?)?,
        kind: &row.kind,
        actor: row.actor_id,
        proposal: row.proposal_id,
        subject: row.subject_id,
        from: row.from_state.as_deref(),
        to: row.to_state.as_deref(),
        facts: &facts,
        prev_hash: &row.prev_hash,
    };
    Some(hashed.hash())
}

/// Compares the ends of streams with what their roots say of them.
fn heads(conn: &mut PgConnection, ended: &[Walk], report: &mut Report) -> QueryResult<()> {
    for (kind, table) in ROOTS {
        let ids: Vec<i64> = ended.iter().filter(|walk| walk.kind == kind).map(|walk| walk.id).collect();
        if ids.is_empty() {
            continue;
        }
        let found: Vec<Head> = diesel::sql_query(format!("SELECT id, event_count, chain_head FROM {table} WHERE id = ANY($1)"))
            .bind::<Array<BigInt>, _>(ids)
            .load(conn)?;
        let found: HashMap<i64, Head> = found.into_iter().map(|head| (head.id, head)).collect();
        for walk in ended.iter().filter(|walk| walk.kind == kind) {
            end(walk, found.get(&walk.id), report);
        }
    }
    for walk in ended.iter().filter(|walk| Root::of(&walk.kind, walk.id).is_none()) {
        report.fault("chain_root", name(&walk.kind, walk.id), "there is no such kind of stream");
    }
    Ok(())
}

fn end(walk: &Walk, head: Option<&Head>, report: &mut Report) {
    let at = name(&walk.kind, walk.id);
    match head {
        None => report.fault("chain_root", at, format!("{} events of a thing that is not there", walk.seq)),
        Some(head) if head.event_count != walk.seq => {
            report.fault("chain_tail", at, format!("its row counts {} events, the last is event {}", head.event_count, walk.seq));
        }
        Some(head) if head.chain_head != walk.hash => {
            report.fault("chain_head", at, format!("its row keeps another hash than that of event {}", walk.seq));
        }
        Some(_) => {}
    }
}

/// Roots that had events and have none: their whole stream was removed.
fn empty(conn: &mut PgConnection, report: &mut Report) -> QueryResult<()> {
    for (kind, table) in ROOTS {
        let lost: Vec<Head> = diesel::sql_query(format!(
            "SELECT id, event_count, chain_head FROM {table} AS root WHERE (event_count <> 0 OR chain_head <> '') \
             AND NOT EXISTS (SELECT FROM events WHERE stream_kind = $1 AND stream_id = root.id) ORDER BY id"
        ))
        .bind::<Text, _>(kind)
        .load(conn)?;
        for head in lost {
            report.fault("chain_tail", name(kind, head.id), format!("its row counts {} events, there are none", head.event_count));
        }
    }
    Ok(())
}

/// A stream as people refer to its root.
pub(super) fn name(kind: &str, id: i64) -> String {
    Root::of(kind, id).map_or_else(|| format!("{kind} {id}"), Root::reference)
}
