//! Queues as they are often written: the next job is looked for and then taken, whoever finishes writes its result, progress
//! is read and written back, and a job is asked for where none was found.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::lab::{DROPPED, guard, read, run};
use crate::jobs::{asked, claimed, in_three_states};
use crate::support::database::TestDatabase;
use crate::support::invariants;

fn scene(weakened: bool) -> TestDatabase {
    if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() }
}

fn finds(conn: &mut PgConnection, what: &str) -> bool {
    invariants::broken(conn).iter().any(|found| found.starts_with(what))
}

const NEXT: &str = "SELECT coalesce(min(id), 0) AS n FROM jobs WHERE status = 'QUEUED' AND id >= $1";
const TAKE: &str = "UPDATE jobs SET status = 'RUNNING', attempts = attempts + 1, version = version + 1, lock_token = gen_random_uuid(), \
    worker = 'naive', heartbeat_at = now(), leased_until = now() + interval '1 minute', started_at = now() WHERE id = $1";
const TOLD: &str = "INSERT INTO job_events (job_id, kind, attempt, version, worker) SELECT id, 'CLAIMED', attempts, version, 'naive' FROM jobs WHERE id = $1";
const END: &str = "UPDATE jobs SET status = 'COMPLETED', version = version + 1, result = to_jsonb($2), progress = 100, ended_at = now(), \
    lock_token = NULL, worker = NULL, heartbeat_at = NULL, leased_until = NULL WHERE id = $1";
const ENDED: &str =
    "INSERT INTO job_events (job_id, kind, attempt, version) SELECT id, 'COMPLETED', attempts, version FROM jobs WHERE id = $1";

/// Looks for the next job, then takes it.
fn naive_claim(conn: &mut PgConnection, pause: impl FnOnce()) -> QueryResult<()> {
    let next = read(conn, NEXT, 0);
    pause();
    run(conn, TAKE, &[next])?;
    run(conn, TOLD, &[next])
}

#[test]
fn two_workers_that_both_find_the_same_job_are_caught() {
    for weakened in [true, false] {
        let database = scene(weakened);
        let (mut conn, mut other) = (database.connect(), database.connect());
        asked(&mut conn, "one");
        let done = guard(naive_claim(&mut conn, || naive_claim(&mut other, || {}).expect("the first claim")));
        assert_eq!(done.as_deref(), (!weakened).then_some("jobs_one_claim_at_a_time"));
        assert_eq!(finds(&mut conn, "a job claimed while it was claimed"), weakened);
    }
}

#[test]
fn a_worker_that_lost_its_job_and_ends_it_all_the_same_is_caught() {
    for weakened in [true, false] {
        let database = scene(weakened);
        let mut conn = database.connect();
        asked(&mut conn, "one");
        let job = claimed(&mut conn).claim.job.0;
        let end = |conn: &mut PgConnection, result: i64| run(conn, END, &[job, result]).and_then(|()| run(conn, ENDED, &[job]));
        end(&mut conn, 1).expect("the worker that has it");
        let done = guard(end(&mut conn, 2));
        assert_eq!(done.as_deref(), (!weakened).then_some("jobs_final_is_final"));
        assert_eq!(finds(&mut conn, "a job with two ends"), weakened);
        assert_eq!(read(&mut conn, "SELECT (result #>> '{}')::bigint AS n FROM jobs WHERE id = $1", job), if weakened { 2 } else { 1 });
    }
}

#[test]
fn progress_that_is_read_and_written_back_is_caught() {
    for weakened in [true, false] {
        let database = scene(weakened);
        let mut conn = database.connect();
        let [_, job, _] = in_three_states(&mut conn).map(|id| id.0);
        let version = read(&mut conn, "SELECT version::bigint AS n FROM jobs WHERE id = $1", job);
        let report = |conn: &mut PgConnection, progress: i64| {
            run(conn, "UPDATE jobs SET progress = $2, version = $3 WHERE id = $1", &[job, progress, version + 1])?;
            let told = "INSERT INTO job_events (job_id, kind, attempt, version, progress) VALUES ($1, 'PROGRESS', 1, $3, $2)";
            run(conn, told, &[job, progress, version + 1])
        };
        report(&mut conn, 60).expect("the first report");
        let done = guard(report(&mut conn, 40));
        assert_eq!(done.as_deref(), (!weakened).then_some("jobs_progress_rises"));
        assert_eq!(finds(&mut conn, "progress that went back"), weakened);
        assert_eq!(finds(&mut conn, "two reports of one version of a job"), weakened);
    }
}

#[test]
fn two_reports_of_one_version_are_caught() {
    for weakened in [true, false] {
        let database = scene(weakened);
        let mut conn = database.connect();
        let [_, job, _] = in_three_states(&mut conn).map(|id| id.0);
        let told = "INSERT INTO job_events (job_id, kind, attempt, version, progress) VALUES ($1, 'PROGRESS', 1, 4, 50)";
        run(&mut conn, told, &[job]).expect("the first");
        let done = guard(run(&mut conn, told, &[job]));
        assert_eq!(done.as_deref(), (!weakened).then_some("job_events_one_per_version"));
    }
}

#[test]
fn two_who_find_no_job_of_a_key_and_ask_for_one_are_caught() {
    for weakened in [true, false] {
        // alone, because the program names this one where it asks for a job
        let database = TestDatabase::new();
        let (mut conn, mut other) = (database.connect(), database.connect());
        if weakened {
            conn.batch_execute("ALTER TABLE jobs DROP CONSTRAINT jobs_one_per_key").expect("a guard taken down");
        }
        let ask = "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) VALUES ('HOUSE', 'DRILL', '{}', 'k', 1, now(), 5)";
        let found = "SELECT count(*) AS n FROM jobs WHERE unique_key = 'k' AND id > $1";
        assert!(read(&mut conn, found, 0) == 0 && read(&mut other, found, 0) == 0, "both find none");
        other.batch_execute(ask).expect("the first");
        let done = guard(conn.batch_execute(ask));
        assert_eq!(done.as_deref(), (!weakened).then_some("jobs_one_per_key"));
        assert_eq!(finds(&mut conn, "two jobs under one key"), weakened);
    }
}

#[test]
fn two_clicks_on_run_again_that_both_find_nothing_are_caught() {
    for weakened in [true, false] {
        let database = scene(weakened);
        let mut conn = database.connect();
        let [.., ended] = in_three_states(&mut conn).map(|id| id.0);
        let again = "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts, retry_of) \
            SELECT queue, kind, arguments, gen_random_uuid()::text, 1, now(), 5, id FROM jobs WHERE id = $1";
        run(&mut conn, again, &[ended]).expect("the first click");
        let done = guard(run(&mut conn, again, &[ended]));
        assert_eq!(done.as_deref(), (!weakened).then_some("jobs_one_retry"));
        assert_eq!(finds(&mut conn, "a job done again twice"), weakened);
    }
}
