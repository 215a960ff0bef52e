//! Background work that was done, that failed, that runs into difficulties, and that waits for tomorrow.

use chrono::TimeDelta;

use super::done;
use super::people::Cast;
use crate::db::{self, Connection, jobs};
use crate::domain::job::{Claim, Ending, NewJob, Task};
use crate::operations::jobs::{cancel_job, end_job, enqueue_job, report_progress};

/// Has it asked for by whoever keeps the house, and done as workers do it.
pub fn tell(conn: &mut Connection<'_>, cast: &Cast) -> anyhow::Result<()> {
    let admin = cast.admin;
    let drill =
        |key: &str, steps| NewJob { asked_by: Some(admin), ..NewJob::new(Task::Drill { steps, millis: 100 }, format!("sample:{key}")) };
    let client = cast.clients.first();
    let (organisation, by) = (client.map(|client| client.organisation), client.and_then(|client| client.managers.first().copied()));
    done(enqueue_job(conn, &NewJob { organisation, asked_by: by, ..drill("done", 4) }))?;
    let mut worker = begin(conn)?;
    for (progress, step) in [(25, "Step 1 of 4"), (50, "Step 2 of 4"), (75, "Step 3 of 4"), (100, "Step 4 of 4")] {
        worker.1 = done(report_progress(conn, &worker.0, worker.1, progress, step))?.version;
    }
    done(end_job(
        conn,
        &worker.0,
        worker.1,
        &Ending::Completed(serde_json::json!({ "steps": 4, "href": "/projects", "label": "See the projects" })),
    ))?;
    done(enqueue_job(conn, &drill("tried", 10)))?;
    let worker = begin(conn)?;
    done(report_progress(conn, &worker.0, worker.1, 10, "Step 1 of 10"))?;
    done(end_job(conn, &worker.0, worker.1 + 1, &Ending::Failed("The disk was full.".to_owned())))?;
    let tomorrow = db::clock(conn)? + TimeDelta::days(1);
    let cancelled = done(enqueue_job(conn, &NewJob { run_at: Some(tomorrow), ..drill("cancelled", 1) }))?.id();
    done(cancel_job(conn, admin, cancelled))?;
    done(enqueue_job(conn, &NewJob { run_at: Some(tomorrow), ..drill("tomorrow", 2000) }))?;
    Ok(())
}

/// The claim, and the version by it.
fn begin(conn: &mut Connection<'_>) -> anyhow::Result<(Claim, i32)> {
    let job = jobs::claim(conn, Task::DONE_BY_HOUSE, "sample:1")?.ok_or_else(|| anyhow::anyhow!("no sample job waits"))?;
    Ok((job.claim, job.version))
}
