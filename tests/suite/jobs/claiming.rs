//! Who gets a job: one worker, and nobody waits for it.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::jobs;
use guildhall::domain::job::{Ending, NewJob, Priority, Task};
use guildhall::operations::jobs::{end_job, enqueue_job, reap_job};
use guildhall::schema::job_events;

use super::{asked, claimed, drill, reported, state};
use crate::support::database::TestDatabase;
use crate::support::given::patient;
use crate::support::invariants;
use crate::support::race::race;

const JOBS: usize = 2000;

/// J1
#[test]
fn five_workers_do_two_thousand_jobs_once_each() {
    let database = TestDatabase::new();
    let many = format!(
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) \
         SELECT 'HOUSE', 'DRILL', '{{\"steps\": 0, \"millis\": 0}}', 'job ' || n, 1, now(), 5 FROM generate_series(1, {JOBS}) n"
    );
    database.connect().batch_execute(&many).unwrap();
    let done = race(&database, 5, |_, conn| {
        let mut done = 0;
        while let Some(job) = jobs::claim(conn, Task::DONE_BY_HOUSE, "five").expect("a claim") {
            end_job(&mut patient(conn), &job.claim, job.version, &Ending::Completed(serde_json::json!({}))).expect("an end");
            done += 1;
        }
        done
    });
    println!("{JOBS} jobs by five workers: {done:?}");
    assert_eq!(done.iter().sum::<usize>(), JOBS);
    assert!(done.iter().all(|done| *done > JOBS / 20), "one worker had to wait for the others: {done:?}");
    let count =
        |kind: &str| job_events::table.filter(job_events::kind.eq(kind.to_owned())).count().get_result::<i64>(&mut database.connect());
    assert_eq!((count("CLAIMED"), count("COMPLETED")), (Ok(2000), Ok(2000)));
    invariants::hold(&database);
}

#[test]
fn a_claim_passes_by_what_another_is_just_claiming() {
    let database = TestDatabase::new();
    let (mut slow, mut quick) = (database.connect(), database.connect());
    let (first, second) = (asked(&mut slow, "first"), asked(&mut slow, "second"));
    slow.batch_execute("BEGIN").unwrap();
    assert_eq!(claimed(&mut slow).claim.job, first);
    let began = Instant::now();
    assert_eq!(claimed(&mut quick).claim.job, second);
    assert!(began.elapsed() < Duration::from_millis(140), "it waited for the lock: {:?}", began.elapsed());
    assert!(jobs::claim(&mut quick, Task::DONE_BY_HOUSE, "quick").unwrap().is_none());
    slow.batch_execute("ROLLBACK").unwrap();
    assert_eq!(claimed(&mut quick).claim.job, first, "a claim that was rolled back never was");
}

#[test]
fn what_goes_first_is_priority_then_time_and_never_before_its_time() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let now = guildhall::db::clock(conn).unwrap();
    let ask = |conn: &mut PgConnection, key: &str, priority, seconds: i64| {
        let run_at = Some(now + chrono::TimeDelta::seconds(seconds));
        enqueue_job(&mut patient(conn), &NewJob { priority, run_at, ..drill(key, 0, 0) }).unwrap().id()
    };
    let later = ask(conn, "later", Priority::Later, -60);
    let normal = ask(conn, "normal", Priority::Normal, -10);
    let older = ask(conn, "older", Priority::Normal, -20);
    let soon = ask(conn, "soon", Priority::Soon, -1);
    let tomorrow = ask(conn, "tomorrow", Priority::Soon, 86_400);
    let order: Vec<_> = (0..4).map(|_| claimed(conn).claim.job).collect();
    assert_eq!(order, [soon, older, normal, later]);
    assert!(jobs::claim(conn, Task::DONE_BY_HOUSE, "w").unwrap().is_none());
    assert_eq!(state(conn, tomorrow), "QUEUED");
}

#[test]
fn a_kind_that_this_program_does_not_know_is_left_to_another() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    conn.batch_execute(
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) VALUES ('HOUSE', 'FROM_TOMORROW', '{}', 'k', 0, now(), 5)",
    )
    .unwrap();
    assert!(jobs::claim(conn, Task::DONE_BY_HOUSE, "w").unwrap().is_none());
}

/// J7, by the clock of the lease alone: the kill itself is placed in `kills`.
#[test]
fn a_job_whose_lease_ran_out_is_taken_once_and_done_by_another() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let id = asked(conn, "lost");
    let lost = claimed(conn);
    assert!(jobs::lost(conn).unwrap().is_empty(), "its lease holds");
    assert!(!reap_job(&mut patient(conn), id).unwrap());
    conn.batch_execute("UPDATE jobs SET leased_until = clock_timestamp() - interval '1 second'").unwrap();
    assert_eq!(jobs::lost(conn).unwrap(), [id]);
    let taken = AtomicUsize::new(0);
    race(&database, 8, |_, conn| taken.fetch_add(usize::from(reap_job(&mut patient(conn), id).expect("a look")), Ordering::SeqCst));
    assert_eq!(taken.load(Ordering::SeqCst), 1);
    let again = claimed(conn);
    assert_eq!((again.claim.job, again.attempt), (id, 2));
    assert!(end_job(&mut patient(conn), &lost.claim, lost.version, &Ending::Completed(serde_json::json!(1))).is_err());
    end_job(&mut patient(conn), &again.claim, again.version, &Ending::Completed(serde_json::json!(2))).unwrap();
    let kinds: Vec<_> = reported(conn, id).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["CLAIMED", "LOST", "CLAIMED", "CONFLICT", "COMPLETED"]);
    invariants::hold(&database);
}

#[test]
fn a_heartbeat_that_comes_first_keeps_the_job() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let id = asked(conn, "late");
    let job = claimed(conn);
    conn.batch_execute("UPDATE jobs SET leased_until = clock_timestamp() - interval '1 second'").unwrap();
    assert_eq!(jobs::beat(conn, &[job.claim]).unwrap(), [id]);
    assert!(!reap_job(&mut patient(conn), id).unwrap(), "it was heard of in time");
    let stranger = guildhall::domain::job::Claim { token: uuid::Uuid::from_u128(1), ..job.claim };
    assert!(jobs::beat(conn, &[stranger]).unwrap().is_empty(), "another token keeps nothing");
}

#[test]
fn attempts_run_out() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let id = asked(conn, "hopeless");
    for attempt in 1..=5 {
        let job = claimed(conn);
        assert_eq!(job.attempt, attempt);
        end_job(&mut patient(conn), &job.claim, job.version, &Ending::Failed("no".to_owned())).unwrap();
        assert_eq!(state(conn, id), if attempt == 5 { "FAILED" } else { "QUEUED" });
        if attempt < 5 {
            assert!(jobs::claim(conn, Task::DONE_BY_HOUSE, "w").unwrap().is_none(), "it rests");
            conn.batch_execute("UPDATE jobs SET run_at = now(), version = version + 1").unwrap();
            conn.batch_execute(
                "INSERT INTO job_events (job_id, kind, attempt, version) SELECT id, 'PUT_BACK', attempts, version FROM jobs",
            )
            .unwrap();
        }
    }
    invariants::hold(&database);
}
