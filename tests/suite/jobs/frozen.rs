//! Workers of another process: frozen, killed, told to go.
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::operations::jobs::enqueue_job;
use guildhall::schema::jobs;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::working::with_crew;
use super::{drill, reported, state};
use crate::support::database::TestDatabase;
use crate::support::freeze::{freeze, thaw};
use crate::support::given::patient;
use crate::support::sandbox::Sandbox;
use crate::support::{invariants, wait};

/// `guildhall worker`, as a process of its own.
struct Worker {
    process: Child,
    _data: Sandbox,
}

impl Worker {
    fn on(database: &TestDatabase) -> Self {
        let data = Sandbox::new();
        let mut process = Command::new(env!("CARGO_BIN_EXE_guildhall"))
            .args(["worker", "--concurrency", "1", "--database-url", database.url(), "--data"])
            .arg(data.path())
            .env("GUILDHALL_LOG", "off")
            .stdout(Stdio::piped())
            .spawn()
            .expect("a worker");
        let mut said = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut said).expect("a line");
        assert_eq!(said, "Guildhall does background jobs, 1 at a time\n");
        Self { process, _data: data }
    }

    fn pid(&self) -> i32 {
        i32::try_from(self.process.id()).expect("a number")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// J5
#[test]
fn a_worker_that_was_frozen_past_its_lease_changes_nothing_when_it_wakes() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let id = enqueue_job(&mut patient(conn), &drill("frozen", 2, 700)).unwrap().id();
    let worker = Worker::on(&database);
    wait::until("it runs", || state(conn, id) == "RUNNING");
    freeze(worker.pid());
    // thirty seconds later
    conn.batch_execute("UPDATE jobs SET leased_until = clock_timestamp() - interval '1 second' WHERE status = 'RUNNING'").unwrap();
    with_crew(&database, 1, None, |_| wait::until("another has done it", || state(conn, id) == "COMPLETED"));
    let row = |conn: &mut PgConnection| -> (i32, i32, Option<serde_json::Value>, i16, String) {
        jobs::table
            .find(id.0)
            .select((jobs::version, jobs::attempts, jobs::result, jobs::progress, jobs::step))
            .first(conn)
            .expect("the job")
    };
    let before = row(conn);
    assert_eq!(before.1, 2, "a second attempt");
    thaw(worker.pid());
    wait::until("it was refused", || reported(conn, id).iter().any(|(kind, _)| kind == "CONFLICT"));
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(row(conn), before);
    invariants::hold(&database);
}

#[test]
fn a_worker_that_is_told_to_go_finishes_or_gives_back_within_five_seconds() {
    for (key, steps, millis, left) in [("short", 2, 400, "COMPLETED"), ("long", 1000, 200, "QUEUED")] {
        let database = TestDatabase::new();
        let conn = &mut database.connect();
        let id = enqueue_job(&mut patient(conn), &drill(key, steps, millis)).unwrap().id();
        let mut worker = Worker::on(&database);
        wait::until("it runs", || state(conn, id) == "RUNNING");
        let began = Instant::now();
        kill(Pid::from_raw(worker.pid()), Signal::SIGTERM).unwrap();
        assert!(worker.process.wait().expect("its end").success());
        assert!(began.elapsed() < Duration::from_secs(5), "{key}: {:?}", began.elapsed());
        let status = state(conn, id);
        // one that asks between its steps may be told to stop before its last
        assert!(status == left || status == "QUEUED", "{key}: {status}");
        let attempts: i32 = jobs::table.find(id.0).select(jobs::attempts).first(conn).unwrap();
        assert_eq!(attempts, i32::from(status == "COMPLETED"), "an attempt that was given back does not count");
        invariants::hold(&database);
    }
}

/// J7
#[test]
fn the_job_of_a_killed_worker_runs_again_within_45_seconds() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let id = enqueue_job(&mut patient(conn), &drill("killed", 100, 100)).unwrap().id();
    let worker = Worker::on(&database);
    wait::until("it runs", || state(conn, id) == "RUNNING");
    let died = Instant::now();
    kill(Pid::from_raw(worker.pid()), Signal::SIGKILL).unwrap();
    with_crew(&database, 1, None, |_| {
        let attempts = |conn: &mut PgConnection| jobs::table.find(id.0).select(jobs::attempts).first::<i32>(conn).expect("the job");
        while attempts(conn) < 2 {
            assert!(died.elapsed() < Duration::from_secs(45), "it does not run again");
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    println!("the job of a killed worker ran again after {:?}", died.elapsed());
    invariants::hold(&database);
}
