//! Each invariant finds what it is there to find: one that finds nothing here would prove nothing elsewhere.
use clap::ValueEnum;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::race::{INVARIANTS, ask};
use guildhall::domain::race::Acknowledged;
use guildhall::race::{Scenario, table};

use super::run;
use crate::controls::DROPPED;
use crate::support::database::TestDatabase;
use crate::support::given;

/// An invariant, and how it is broken by hand in what a race has left: one after the other, in an order in which none breaks
/// what comes later.
const HARM: &[(&str, &str)] = &[
    ("level is not the number of escalations", "UPDATE tickets SET level = 2 WHERE level = 1"),
    ("broken chain of events", "UPDATE tickets SET event_count = event_count - 1"),
    (
        "overlapping sessions",
        "INSERT INTO work_logs (timesheet_id, contract_id, freelancer_id, started_at, ended_at, origin, created_at, updated_at)
            SELECT timesheet_id, contract_id, freelancer_id, started_at, ended_at, origin, created_at, updated_at FROM work_logs",
    ),
    (
        "closed by the house before its time",
        "UPDATE projects SET deadline = now() WHERE id = (SELECT min(id) FROM projects);
         INSERT INTO events (stream_kind, stream_id, seq, at, kind, facts, prev_hash, hash)
            SELECT 'PROJECT', stream_id, 99, now(), 'PROJECT_CANCELLED', '{\"days\": 90}', prev_hash, hash FROM events
            WHERE stream_kind = 'PROJECT' AND seq = 2 AND stream_id = (SELECT min(id) FROM projects)",
    ),
    ("history is not what was acknowledged", "UPDATE tickets SET history = history - 0"),
    (
        "duplicate natural keys",
        "INSERT INTO project_references (project_id, organisation_id, source, external_ref)
            SELECT (SELECT min(id) FROM projects), organisation_id, source, upper(external_ref) FROM project_references LIMIT 1",
    ),
    ("counter is not the count", "UPDATE projects SET proposal_count = proposal_count + 1"),
    (
        "job with two ends",
        "INSERT INTO job_events (job_id, kind, attempt, version) SELECT job_id, 'FAILED', attempt, version FROM job_events WHERE kind = 'COMPLETED'",
    ),
    ("torn award", "UPDATE projects SET status = 'OPEN', accepted_proposal_id = NULL WHERE id = (SELECT min(project_id) FROM contracts)"),
    ("pending beside a project that is not open", "UPDATE proposals SET status = 'PENDING' WHERE status = 'REJECTED'"),
    ("two winners", "UPDATE proposals SET status = 'ACCEPTED' WHERE status = 'PENDING'"),
];

#[test]
fn each_finds_what_it_is_there_to_find() {
    let database = TestDatabase::new();
    let raced = run(&database, Scenario::value_variants(), 4, 1);
    assert_eq!(raced.wrong(), 0, "{}", table(&raced));
    let conn = &mut database.connect();
    conn.batch_execute(DROPPED).expect("the guards taken down");
    for (name, harm) in HARM {
        assert!(!found(conn).contains(&(*name).to_owned()), "{name} before its time");
        given::past_triggers(conn, harm);
        let found = found(conn);
        assert!(found.contains(&(*name).to_owned()), "{name} was not found: {found:?}");
    }
    let tried: Vec<_> = HARM.iter().map(|(name, _)| *name).collect();
    let untried: Vec<_> = INVARIANTS.iter().map(|one| one.name).filter(|name| !tried.contains(name)).collect();
    assert_eq!(untried, ["acknowledged but absent"], "that one has a test of its own");
}

fn found(conn: &mut PgConnection) -> Vec<String> {
    ask(conn, &[]).expect("answers").into_iter().map(|one| one.invariant).collect()
}

#[test]
fn what_was_acknowledged_and_is_not_there_is_found() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    for kind in ["CONTRACT", "DEADLINE", "WITHDRAWN", "SESSION", "RESULT", "REFERENCE", "NOTED", "ESCALATED"] {
        let told = Acknowledged { kind, id: 1, words: "2026-11-22T10:00:00Z".to_owned() };
        let found = ask(conn, &[told]).expect("answers");
        let [one] = &found[..] else { panic!("{kind}: {found:?}") };
        assert_eq!((one.invariant.as_str(), one.count), ("acknowledged but absent", 1));
    }
}
