//! What must be true of any database at rest, asked in SQL that the product does not contain.
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use guildhall::domain::chain::Hashed;
use guildhall::domain::event::Root;
use guildhall::domain::ids::{OrganisationId, ProjectId, UserId};

use super::database::TestDatabase;

/// What may never be, and a query that finds it: one text a find.
const NEVER: [(&str, &str); 12] = [
    ("two winners", "SELECT project_id::text AS found FROM proposals WHERE status = 'ACCEPTED' GROUP BY project_id HAVING count(*) > 1"),
    (
        "torn award: no winner, no live contract, or too many, beside a project that is assigned",
        "SELECT p.id::text AS found FROM projects p WHERE p.status = 'ASSIGNED' AND (
            (SELECT count(*) FROM proposals WHERE project_id = p.id AND status = 'ACCEPTED') <> 1
            OR (SELECT count(*) FROM contracts WHERE project_id = p.id AND status IN ('ACTIVE', 'PAUSED')) <> 1)",
    ),
    (
        "torn award: a winner or a live contract beside a project that is not assigned",
        "SELECT p.id::text AS found FROM projects p WHERE p.status IN ('DRAFT', 'OPEN', 'CANCELLED') AND (
            EXISTS (SELECT FROM proposals WHERE project_id = p.id AND status = 'ACCEPTED')
            OR EXISTS (SELECT FROM contracts WHERE project_id = p.id AND status IN ('ACTIVE', 'PAUSED')))",
    ),
    (
        "the project names another winner than the accepted proposal",
        "SELECT p.id::text AS found FROM projects p WHERE p.accepted_proposal_id IS DISTINCT FROM
            (SELECT min(id) FROM proposals WHERE project_id = p.id AND status = 'ACCEPTED')",
    ),
    (
        "pending beside a project that is not open",
        "SELECT b.id::text AS found FROM proposals b JOIN projects p ON p.id = b.project_id WHERE b.status = 'PENDING' AND p.status <> 'OPEN'",
    ),
    (
        "contract without its accepted proposal, or with other terms",
        "SELECT c.id::text AS found FROM contracts c LEFT JOIN proposals b
            ON b.id = c.proposal_id AND b.project_id = c.project_id AND b.status IN ('ACCEPTED', 'REVOKED')
            AND b.amount = c.amount AND b.days = c.days AND b.version = c.proposal_version
            AND b.freelancer_id = c.freelancer_id WHERE b.id IS NULL",
    ),
    (
        "proposal_count is not the count",
        "SELECT id::text AS found FROM projects p WHERE proposal_count <>
            (SELECT count(*) FROM proposals WHERE project_id = p.id AND status <> 'WITHDRAWN')",
    ),
    (
        "duplicate natural keys",
        "SELECT min(id)::text AS found FROM proposals GROUP BY project_id, freelancer_id HAVING count(*) > 1
         UNION ALL SELECT min(id)::text FROM users GROUP BY email_key HAVING count(*) > 1",
    ),
    (
        "awards in the history are not the contracts",
        "SELECT p.id::text AS found FROM projects p WHERE
            (SELECT count(*) FROM events WHERE stream_kind = 'PROJECT' AND stream_id = p.id AND kind = 'PROPOSAL_ACCEPTED')
            <> (SELECT count(*) FROM contracts WHERE project_id = p.id)",
    ),
    (
        "state of a project is not what its history says last",
        "SELECT p.id::text AS found FROM projects p WHERE p.status <> (SELECT to_state FROM events WHERE stream_kind = 'PROJECT'
            AND stream_id = p.id AND kind IN ('PROJECT_DRAFTED', 'PROJECT_PUBLISHED', 'PROJECT_CANCELLED', 'PROPOSAL_ACCEPTED')
            ORDER BY seq DESC LIMIT 1)",
    ),
    (
        "a version that the history does not tell of",
        "SELECT b.id::text AS found FROM proposals b WHERE b.version <> (SELECT count(*) FROM events WHERE stream_kind = 'PROJECT'
            AND stream_id = b.project_id AND proposal_id = b.id AND kind IN ('PROPOSAL_SUBMITTED', 'PROPOSAL_REVISED'))
         UNION ALL
         SELECT 'project ' || p.id FROM projects p WHERE p.version <> 1 + (SELECT count(*) FROM events WHERE stream_kind = 'PROJECT'
            AND stream_id = p.id AND kind = 'PROJECT_EDITED')",
    ),
    (
        "an organisation without an owner",
        "SELECT id::text AS found FROM organisations o WHERE NOT EXISTS
            (SELECT FROM memberships WHERE organisation_id = o.id AND role = 'OWNER')",
    ),
];

/// Fails the test if anything is found that may never be.
#[track_caller]
pub fn hold(database: &TestDatabase) {
    let broken = broken(&mut database.connect());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Everything that is found and may never be: which, and where.
pub fn broken(conn: &mut PgConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Text)]
        found: String,
    }
    let mut broken = Vec::new();
    for (what, query) in NEVER {
        let found: Vec<Found> = diesel::sql_query(query).load(conn).unwrap_or_else(|error| panic!("{what}: {error}"));
        broken.extend(found.into_iter().map(|row| format!("{what}: {}", row.found)));
    }
    broken.extend(broken_chains(conn));
    broken
}

/// A root's own word on its stream.
#[derive(QueryableByName)]
struct Head {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    event_count: i64,
    #[diesel(sql_type = diesel::sql_types::Binary)]
    chain_head: Vec<u8>,
}

/// Streams whose events do not follow from each other, or that do not end where their root says.
fn broken_chains(conn: &mut PgConnection) -> Vec<String> {
    let heads: Vec<Head> = diesel::sql_query(
        "SELECT 'PROJECT' AS kind, id, event_count, chain_head FROM projects
         UNION ALL SELECT 'ORGANISATION', id, event_count, chain_head FROM organisations
         UNION ALL SELECT 'PERSON', id, event_count, chain_head FROM users",
    )
    .load(conn)
    .expect("the roots");
    heads.iter().filter_map(|head| broken_chain(conn, head)).collect()
}

fn broken_chain(conn: &mut PgConnection, head: &Head) -> Option<String> {
    use guildhall::schema::events;
    let root = match head.kind.as_str() {
        "PROJECT" => Root::Project(ProjectId(head.id)),
        "ORGANISATION" => Root::Organisation(OrganisationId(head.id)),
        _ => Root::Person(UserId(head.id)),
    };
    let columns = (events::seq, events::at, events::kind, (events::actor_id, events::proposal_id, events::subject_id));
    let more = ((events::from_state, events::to_state), events::facts, events::prev_hash, events::hash);
    let rows = events::table
        .filter(events::stream_kind.eq(&head.kind))
        .filter(events::stream_id.eq(head.id))
        .order(events::seq)
        .select((columns, more))
        .load::<(
            (i64, chrono::DateTime<chrono::Utc>, String, (Option<i64>, Option<i64>, Option<i64>)),
            ((Option<String>, Option<String>), serde_json::Value, Vec<u8>, Vec<u8>),
        )>(conn)
        .expect("the events");
    let name = format!("broken chain of events: {} {}", head.kind, head.id);
    let (mut count, mut last) = (0, Vec::new());
    for ((seq, at, kind, (actor, proposal, subject)), ((from, to), facts, prev_hash, hash)) in rows {
        let (from, to) = (from.as_deref(), to.as_deref());
        let computed = Hashed { root, seq, at, kind: &kind, actor, proposal, subject, from, to, facts: &facts, prev_hash: &last }.hash();
        if seq != count + 1 || prev_hash != last || hash != computed {
            return Some(format!("{name} breaks at {seq}"));
        }
        (count, last) = (seq, hash);
    }
    let whole = head.event_count == count && head.chain_head == last;
    (!whole).then(|| format!("{name} has {count} events, its root says {}", head.event_count))
}
