//! Background jobs: asked for once, done once, whoever is killed, frozen or late.
mod claiming;
mod ending;
mod frozen;
mod killed;
mod measured;
mod model;
mod pages;
mod reporting;
mod working;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use guildhall::db::jobs::{self, Claimed};
use guildhall::domain::ids::JobId;
use guildhall::domain::job::{Ending, NewJob, Task};
use guildhall::operations::jobs::{end_job, enqueue_job, report_progress};

use crate::support::given::patient;

/// A job that rests for as long in each of its steps.
pub fn drill(key: &str, steps: u16, millis: u32) -> NewJob {
    NewJob::new(Task::Drill { steps, millis }, key)
}

/// An empty job that was asked for.
pub fn asked(conn: &mut PgConnection, key: &str) -> JobId {
    enqueue_job(&mut patient(conn), &drill(key, 0, 0)).expect("a job").id()
}

/// The next job, claimed by hand.
pub fn claimed(conn: &mut PgConnection) -> Claimed {
    jobs::claim(conn, Task::DONE_BY_HOUSE, "by hand").expect("a claim").expect("a job to claim")
}

/// A waiting job, a running one that has come to 10, and a completed one.
pub fn in_three_states(conn: &mut PgConnection) -> [JobId; 3] {
    asked(conn, "ended");
    let ended = claimed(conn);
    end_job(&mut patient(conn), &ended.claim, ended.version, &Ending::Completed(serde_json::json!({}))).expect("an end");
    asked(conn, "running");
    let running = claimed(conn);
    report_progress(&mut patient(conn), &running.claim, running.version, 10, "Begun").expect("a report");
    [asked(conn, "waiting"), running.claim.job, ended.claim.job]
}

/// What was reported of a job, in order: kinds and versions.
pub fn reported(conn: &mut PgConnection, id: JobId) -> Vec<(String, i32)> {
    use guildhall::schema::job_events::dsl::{id as number, job_events, job_id, kind, version};
    job_events.filter(job_id.eq(id.0)).order(number).select((kind, version)).load(conn).expect("reports")
}

/// The state of a job.
pub fn state(conn: &mut PgConnection, id: JobId) -> String {
    jobs::find(conn, id).expect("an answer").expect("the job").status.as_str().to_owned()
}
