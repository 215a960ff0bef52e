//! How jobs end: once, by whoever has the claim.
use std::sync::Barrier;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::ids::JobId;
use guildhall::domain::job::{Ending, JobRefused, JobStatus, NewJob};
use guildhall::operations::jobs::{cancel_job, end_job, enqueue_job, run_again};
use guildhall::schema::{job_events, jobs};

use super::{claimed, drill, reported, state};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::{race, start_together};

const ROUNDS: usize = 1000;

/// J2
#[test]
fn of_a_hundred_who_complete_one_job_the_first_result_stays() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    enqueue_job(&mut patient(conn), &drill("one", 0, 0)).unwrap();
    let job = claimed(conn);
    let done = race(&database, 100, |place, conn| {
        end_job(&mut patient(conn), &job.claim, job.version, &Ending::Completed(serde_json::json!(place)))
    });
    let first = done.iter().position(Result::is_ok).expect("somebody was first");
    let is_told = |one: &Result<_, Failure<JobRefused>>| {
        matches!(one, Err(Failure::Refused(JobRefused::JobIs { status: JobStatus::Completed, version: 3 })))
    };
    assert_eq!(done.iter().filter(|one| is_told(one)).count(), 99, "{done:?}");
    let result: Option<serde_json::Value> = jobs::table.find(job.claim.job.0).select(jobs::result).first(conn).unwrap();
    assert_eq!(result, Some(serde_json::json!(first)));
    let seen: Vec<(i32, Option<i32>)> =
        job_events::table.filter(job_events::kind.eq("CONFLICT")).select((job_events::version, job_events::found)).load(conn).unwrap();
    assert_eq!(seen, vec![(2, Some(3)); 99], "expected version 2, found 3");
    invariants::hold(&database);
}

/// J4
#[test]
fn complete_fail_and_cancel_at_once_end_in_one_way() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let owner = given::organisation(conn).owner.id;
    conn.batch_execute(&format!("UPDATE users SET is_admin = true WHERE id = {owner}")).unwrap();
    let many = format!(
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) \
         SELECT 'HOUSE', 'DRILL', '{{\"steps\": 0, \"millis\": 0}}', 'job ' || n, 1, now(), 1 FROM generate_series(1, {ROUNDS}) n"
    );
    conn.batch_execute(&many).unwrap();
    let all: Vec<_> = (0..ROUNDS).map(|_| claimed(conn)).collect();
    let turn = Barrier::new(4);
    let done = start_together(
        4,
        |_| database.connect(),
        |place, mut conn| {
            let act = |job: &guildhall::db::jobs::Claimed, conn: &mut PgConnection| {
                turn.wait();
                let end = |ending, conn: &mut PgConnection| end_job(&mut patient(conn), &job.claim, job.version, &ending);
                match place {
                    0 => end(Ending::Completed(serde_json::json!({})), conn),
                    1 => end(Ending::Failed("no".to_owned()), conn),
                    2 => end(Ending::Stopped, conn),
                    // a request, by somebody who may
                    _ => cancel_job(&mut patient(conn), owner, job.claim.job),
                }
            };
            all.iter().map(|job| act(job, &mut conn)).collect::<Vec<_>>()
        },
    );
    let mut ends = [0; 3];
    let rounds = done[0].iter().zip(&done[1]).zip(&done[2]).zip(&done[3]).map(|(((a, b), c), cancelled)| ([a, b, c], cancelled));
    for (workers, cancelled) in rounds {
        let won: Vec<_> = (0..3).filter(|place| workers[*place].is_ok()).collect();
        assert_eq!(won.len(), 1, "{workers:?} {cancelled:?}");
        ends[won[0]] += 1;
        assert!(workers.iter().all(|one| matches!(one, Ok(_) | Err(Failure::Refused(JobRefused::JobIs { .. })))), "{workers:?}");
        assert!(matches!(cancelled, Ok(JobStatus::Running) | Err(Failure::Refused(JobRefused::JobIs { .. }))), "{cancelled:?}");
    }
    println!("{ROUNDS} rounds: completed first {}, failed first {}, stopped first {}", ends[0], ends[1], ends[2]);
    assert!(ends.iter().all(|ends| *ends > 0), "a race that one side always wins proves nothing: {ends:?}");
    assert_eq!(jobs::table.filter(jobs::ended_at.is_not_null()).count().get_result(conn), Ok(1000));
    invariants::hold(&database);
}

#[test]
fn cancelling_a_job_that_is_just_claimed_cancels_it_or_asks_its_worker() {
    let database = TestDatabase::new();
    let owner = given::organisation(&mut database.connect()).owner;
    let (mut at_once, mut asked) = (0, 0);
    for round in 0..40 {
        let new = NewJob { asked_by: Some(owner.id), ..drill(&format!("round {round}"), 0, 0) };
        let id = enqueue_job(&mut patient(&mut database.connect()), &new).unwrap().id();
        let done = race(&database, 2, |place, conn| match place {
            0 => guildhall::db::jobs::claim(conn, guildhall::domain::job::Task::DONE_BY_HOUSE, "w").expect("a claim").is_some(),
            _ => cancel_job(&mut patient(conn), owner.id, id).expect("a cancellation") == JobStatus::Running,
        });
        let status = state(&mut database.connect(), id);
        match (done[0], done[1]) {
            (true, true) => asked += usize::from(status == "RUNNING"),
            (false, false) => at_once += usize::from(status == "CANCELLED"),
            torn => panic!("claimed, asked to stop: {torn:?}, and the job is {status}"),
        }
    }
    println!("cancelled {at_once} times before the claim, asked the worker {asked} times");
    assert_eq!(at_once + asked, 40);
    invariants::hold(&database);
}

#[test]
fn a_job_that_ended_is_run_again_as_a_new_one_and_once() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let owner = given::organisation(conn).owner;
    let id = enqueue_job(&mut patient(conn), &NewJob { asked_by: Some(owner.id), ..drill("one", 0, 0) }).unwrap().id();
    assert!(matches!(run_again(&mut patient(conn), owner.id, id), Err(Failure::Refused(JobRefused::NotEnded(JobStatus::Queued)))));
    let job = claimed(conn);
    end_job(&mut patient(conn), &job.claim, job.version, &Ending::Completed(serde_json::json!({}))).unwrap();
    let done = race(&database, 16, |_, conn| run_again(&mut patient(conn), owner.id, id).expect("again").id());
    assert!(done.iter().all(|again| *again == done[0] && *again != id), "{done:?}");
    assert_eq!(state(conn, id), "COMPLETED");
    let again: (Option<i64>, String, String, Option<i64>) =
        jobs::table.find(done[0].0).select((jobs::retry_of, jobs::status, jobs::kind, jobs::asked_by)).first(conn).unwrap();
    assert_eq!(again, (Some(id.0), "QUEUED".to_owned(), "DRILL".to_owned(), Some(owner.id.0)));
    invariants::hold(&database);
}

#[test]
fn whoever_was_asked_to_stop_never_runs_again() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let owner = given::organisation(conn).owner;
    for (key, ending) in [("fails", Ending::Failed("no".to_owned())), ("goes", Ending::GivenBack), ("stops", Ending::Stopped)] {
        let id: JobId = enqueue_job(&mut patient(conn), &NewJob { asked_by: Some(owner.id), ..drill(key, 0, 0) }).unwrap().id();
        let job = claimed(conn);
        assert_eq!(cancel_job(&mut patient(conn), owner.id, id).unwrap(), JobStatus::Running);
        assert_eq!(cancel_job(&mut patient(conn), owner.id, id).unwrap(), JobStatus::Running, "twice changes nothing");
        assert_eq!(end_job(&mut patient(conn), &job.claim, job.version, &ending).unwrap(), JobStatus::Cancelled);
        let kinds: Vec<_> = reported(conn, id).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["CLAIMED", "STOP_ASKED", "CANCELLED"]);
    }
    invariants::hold(&database);
}
