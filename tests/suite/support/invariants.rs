//! What must be true of any database at rest, asked in SQL that the product does not contain.
mod chains;
mod contracts;
mod house;
mod jobs;
mod keys;
mod letters;
mod messages;
mod tickets;
mod work;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::database::TestDatabase;

/// What may never be, and a query that finds it: one text a find.
const NEVER: &[(&str, &str)] = &[
    ("two winners", "SELECT project_id::text AS found FROM proposals WHERE status = 'ACCEPTED' GROUP BY project_id HAVING count(*) > 1"),
    (
        "torn award: no winner, no live contract, or too many, beside a project that is assigned",
        "SELECT p.id::text AS found FROM projects p WHERE p.status = 'ASSIGNED' AND (
            (SELECT count(*) FROM proposals WHERE project_id = p.id AND status = 'ACCEPTED') <> 1
            OR (SELECT count(*) FROM contracts WHERE project_id = p.id AND (status IN ('ACTIVE', 'PAUSED')
                OR status = 'TERMINATED' AND proposal_id = p.accepted_proposal_id)) <> 1)",
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
        "proposal_count is not the count",
        "SELECT id::text AS found FROM projects p WHERE proposal_count <>
            (SELECT count(*) FROM proposals WHERE project_id = p.id AND status <> 'WITHDRAWN')",
    ),
    (
        "invitations are not what the history says",
        "SELECT coalesce(i.project_id, e.stream_id) || ' ' || coalesce(i.freelancer_id, e.subject_id) AS found FROM
            (SELECT project_id, freelancer_id, count(*) AS n FROM project_invitations GROUP BY 1, 2) i
            FULL JOIN (SELECT stream_id, subject_id, sum(CASE kind WHEN 'FREELANCER_INVITED' THEN 1 ELSE -1 END) AS n FROM events
                WHERE kind IN ('FREELANCER_INVITED', 'FREELANCER_UNINVITED') GROUP BY 1, 2) e
            ON e.stream_id = i.project_id AND e.subject_id = i.freelancer_id
         WHERE coalesce(i.n, 0) <> coalesce(e.n, 0) OR i.n > 1",
    ),
    (
        "hidden after everybody could see it",
        "SELECT p.id::text AS found FROM projects p WHERE p.visibility IS DISTINCT FROM coalesce((SELECT to_state FROM events
            WHERE stream_kind = 'PROJECT' AND stream_id = p.id AND kind = 'VISIBILITY_CHOSEN' ORDER BY seq DESC LIMIT 1), 'PUBLIC')
         UNION ALL SELECT h.stream_id::text FROM events h JOIN events o ON o.stream_kind = 'PROJECT' AND o.stream_id = h.stream_id
            AND o.kind = 'PROJECT_PUBLISHED' AND o.seq < h.seq
         WHERE h.stream_kind = 'PROJECT' AND h.kind = 'VISIBILITY_CHOSEN' AND h.to_state = 'INVITED'",
    ),
    (
        "two answers in one place",
        "SELECT enquiry_id::text AS found FROM enquiry_answers GROUP BY enquiry_id, number HAVING count(*) > 1
         UNION ALL SELECT enquiry_id::text FROM enquiry_answers GROUP BY enquiry_id HAVING count(*) <> max(number)",
    ),
    (
        "a question after the deadline",
        "SELECT e.id::text AS found FROM enquiries e JOIN projects p ON p.id = e.project_id WHERE e.asked_at >= p.deadline",
    ),
    (
        "a question or an answer beside a project that is not open",
        "SELECT e.stream_id || ' event ' || e.seq AS found FROM events e WHERE e.stream_kind = 'PROJECT' AND e.kind LIKE 'ENQUIRY%'
            AND 'OPEN' IS DISTINCT FROM (SELECT to_state FROM events b WHERE b.stream_kind = 'PROJECT' AND b.stream_id = e.stream_id
                AND b.seq < e.seq AND b.to_state IN ('DRAFT', 'OPEN', 'ASSIGNED', 'COMPLETED', 'CANCELLED') ORDER BY b.seq DESC LIMIT 1)",
    ),
    (
        "questions and answers that the history does not tell of",
        "SELECT p.id::text AS found FROM projects p WHERE
            (SELECT count(*) FROM enquiries WHERE project_id = p.id) <>
            (SELECT count(*) FROM events WHERE stream_kind = 'PROJECT' AND stream_id = p.id AND kind = 'ENQUIRY_MADE')
            OR (SELECT count(*) FROM enquiry_answers a JOIN enquiries q ON q.id = a.enquiry_id WHERE q.project_id = p.id) <>
            (SELECT count(*) FROM events WHERE stream_kind = 'PROJECT' AND stream_id = p.id AND kind = 'ENQUIRY_ANSWERED')",
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
            AND stream_id = p.id AND kind IN ('PROJECT_DRAFTED', 'PROJECT_PUBLISHED', 'PROJECT_CANCELLED', 'PROPOSAL_ACCEPTED',
                'PROJECT_COMPLETED', 'PROJECT_REOPENED')
            ORDER BY seq DESC LIMIT 1)",
    ),
    (
        "history is not a path: a project goes on from another state than it had",
        "SELECT stream_id::text AS found FROM (SELECT *, lag(to_state) OVER (PARTITION BY stream_id ORDER BY seq) AS had FROM events
            WHERE stream_kind = 'PROJECT'
            AND kind IN ('PROJECT_DRAFTED', 'PROJECT_PUBLISHED', 'PROJECT_CANCELLED', 'PROPOSAL_ACCEPTED', 'PROJECT_COMPLETED',
                'PROJECT_REOPENED')) e
         WHERE from_state IS DISTINCT FROM had",
    ),
    ("declined and not rejected", "SELECT id::text AS found FROM proposals WHERE declined_at IS NOT NULL AND status <> 'REJECTED'"),
    (
        "a version that the history does not tell of",
        "SELECT b.id::text AS found FROM proposals b WHERE b.version <> (SELECT count(*) FROM events WHERE stream_kind = 'PROJECT'
            AND stream_id = b.project_id AND proposal_id = b.id AND kind IN ('PROPOSAL_SUBMITTED', 'PROPOSAL_REVISED'))
         UNION ALL
         SELECT 'project ' || p.id FROM projects p WHERE p.version <> 1 + (SELECT count(*) FROM events WHERE stream_kind = 'PROJECT'
            AND stream_id = p.id AND kind IN ('PROJECT_EDITED', 'PROJECT_REOPENED'))",
    ),
    (
        "a notice of nothing, for nobody, or for who did it",
        "SELECT n.id::text AS found FROM notices n LEFT JOIN users u ON u.id = n.user_id
            LEFT JOIN events e ON e.stream_kind = n.stream_kind AND e.stream_id = n.stream_id AND e.seq = n.seq
         WHERE e.seq IS NULL OR u.id IS NULL OR e.actor_id = n.user_id",
    ),
    (
        "a proposal that answers another scope than its freelancer said",
        "SELECT b.id::text AS found FROM proposals b WHERE b.scope_version <> (SELECT (facts ->> 'scope_version')::int FROM events
            WHERE stream_kind = 'PROJECT' AND stream_id = b.project_id AND proposal_id = b.id
            AND kind IN ('PROPOSAL_SUBMITTED', 'PROPOSAL_REVISED', 'SCOPE_CONFIRMED') AND facts ? 'scope_version' ORDER BY seq DESC LIMIT 1)",
    ),
    (
        "a confirmation after the decision",
        "SELECT c.proposal_id::text AS found FROM events c JOIN events d ON d.stream_kind = c.stream_kind AND d.stream_id = c.stream_id
            AND d.seq < c.seq WHERE c.kind = 'SCOPE_CONFIRMED' AND d.kind IN ('PROPOSAL_ACCEPTED', 'PROJECT_CANCELLED')",
    ),
    (
        "a bid that changed after the opening",
        "SELECT b.proposal_id::text AS found FROM events b JOIN events o ON o.kind = 'BIDS_OPENED' AND o.stream_kind = b.stream_kind
            AND o.stream_id = b.stream_id AND o.seq < b.seq WHERE b.kind IN ('PROPOSAL_SUBMITTED', 'PROPOSAL_REVISED')
            AND NOT EXISTS (SELECT FROM events r WHERE r.kind = 'PROJECT_REOPENED' AND r.stream_id = b.stream_id AND r.seq BETWEEN o.seq AND b.seq)",
    ),
    (
        "decided while its bids were sealed",
        "SELECT id::text AS found FROM projects WHERE sealed AND accepted_proposal_id IS NOT NULL AND bids_opened_at IS NULL",
    ),
    (
        "an opening that the history does not tell of, or tells of twice",
        "SELECT p.id::text AS found FROM projects p WHERE (p.bids_opened_at IS NOT NULL)::int <>
            (SELECT count(*) FROM events WHERE stream_kind = 'PROJECT' AND stream_id = p.id AND kind = 'BIDS_OPENED')",
    ),
    (
        "closed by the house before its time, or without a warning",
        "SELECT p.id::text AS found FROM projects p JOIN events e ON e.stream_id = p.id AND e.kind = 'PROJECT_CANCELLED' AND e.actor_id IS NULL
         WHERE e.at < p.deadline + make_interval(days => coalesce((e.facts ->> 'days')::int, 0))
            OR NOT EXISTS (SELECT FROM project_reminders r WHERE r.project_id = p.id AND r.kind = 'CLOSING_AHEAD' AND r.deadline = p.deadline)",
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
    for (what, query) in NEVER
        .iter()
        .chain(contracts::NEVER)
        .chain(house::NEVER)
        .chain(messages::NEVER)
        .chain(letters::NEVER)
        .chain(jobs::NEVER)
        .chain(keys::NEVER)
        .chain(work::NEVER)
        .chain(tickets::NEVER)
    {
        let found: Vec<Found> = diesel::sql_query(*query).load(conn).unwrap_or_else(|error| panic!("{what}: {error}"));
        broken.extend(found.into_iter().map(|row| format!("{what}: {}", row.found)));
    }
    broken.extend(chains::broken(conn));
    broken
}
