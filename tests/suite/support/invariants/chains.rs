//! Every event follows from the one before it, and every root keeps the end of its stream.
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};
use guildhall::domain::chain::Hashed;
use guildhall::domain::event::Root;
use guildhall::domain::ids::{ContractId, OrganisationId, ProjectId, TicketId, UserId};
use guildhall::schema::events;

/// A stream's root: its kind and id.
type Stream = (String, i64);

/// Streams whose events do not follow from each other, or that do not end where their root says.
pub fn broken(conn: &mut PgConnection) -> Vec<String> {
    let mut ends = ends(conn);
    let mut broken = Vec::new();
    let mut expected: (Stream, i64, Vec<u8>) = Default::default();
    for event in events_in_order(conn) {
        if expected.0 != event.stream() {
            expected = (event.stream(), 0, Vec::new());
        }
        let (stream, count, last) = &mut expected;
        if event.seq != *count + 1 || event.prev_hash != *last || event.hash != event.computed(last) {
            broken.push(format!("broken chain of events: {} {} breaks at {}", stream.0, stream.1, event.seq));
        }
        (*count, *last) = (event.seq, event.hash);
        ends.entry(stream.clone()).or_default().1 = (*count, last.clone());
    }
    let torn = ends.into_iter().filter(|(_, (said, found))| said != found);
    broken.extend(
        torn.map(|((kind, id), (said, found))| {
            format!("broken chain of events: {kind} {id} ends at {}, its root says {}", found.0, said.0)
        }),
    );
    broken
}

/// A stream's count and last hash: as its root says, and as its events show (none so far).
type End = ((i64, Vec<u8>), (i64, Vec<u8>));

fn ends(conn: &mut PgConnection) -> BTreeMap<Stream, End> {
    #[derive(QueryableByName)]
    struct Head {
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = BigInt)]
        event_count: i64,
        #[diesel(sql_type = Binary)]
        chain_head: Vec<u8>,
    }
    let heads: Vec<Head> = diesel::sql_query(
        "SELECT 'PROJECT' AS kind, id, event_count, chain_head FROM projects
         UNION ALL SELECT 'ORGANISATION', id, event_count, chain_head FROM organisations
         UNION ALL SELECT 'PERSON', id, event_count, chain_head FROM users
         UNION ALL SELECT 'CONTRACT', id, event_count, chain_head FROM contracts
         UNION ALL SELECT 'TICKET', id, event_count, chain_head FROM tickets",
    )
    .load(conn)
    .expect("the roots");
    let end = |head: Head| ((head.kind, head.id), ((head.event_count, head.chain_head), Default::default()));
    heads.into_iter().map(end).collect()
}

#[derive(Queryable)]
struct Event {
    stream_kind: String,
    stream_id: i64,
    seq: i64,
    at: DateTime<Utc>,
    actor: Option<i64>,
    kind: String,
    proposal: Option<i64>,
    subject: Option<i64>,
    from: Option<String>,
    to: Option<String>,
    facts: serde_json::Value,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

fn events_in_order(conn: &mut PgConnection) -> Vec<Event> {
    events::table.order((events::stream_kind, events::stream_id, events::seq)).load(conn).expect("the events")
}

impl Event {
    fn stream(&self) -> Stream {
        (self.stream_kind.clone(), self.stream_id)
    }

    fn computed(&self, last: &[u8]) -> Vec<u8> {
        let root = match self.stream_kind.as_str() {
            "PROJECT" => Root::Project(ProjectId(self.stream_id)),
            "ORGANISATION" => Root::Organisation(OrganisationId(self.stream_id)),
            "CONTRACT" => Root::Contract(ContractId(self.stream_id)),
            "TICKET" => Root::Ticket(TicketId(self.stream_id)),
            _ => Root::Person(UserId(self.stream_id)),
        };
        Hashed {
            root,
            seq: self.seq,
            at: self.at,
            kind: &self.kind,
            actor: self.actor,
            proposal: self.proposal,
            subject: self.subject,
            from: self.from.as_deref(),
            to: self.to.as_deref(),
            facts: &self.facts,
            prev_hash: last,
        }
        .hash()
    }
}
