//! Calling a job off: a page that asks, and the act.

use actix_web::web::Data;
use askama::Template;

use super::words::label;
use crate::db::{Database, jobs};
use crate::domain::ids::JobId;
use crate::domain::job::{JobRefused, JobStatus};
use crate::operations::jobs::cancel_job;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "jobs/cancel.html")]
struct Page {
    shell: Shell,
    id: JobId,
    work: String,
    runs: bool,
}

/// Asks.
pub async fn page(by: SignedIn, id: Id<JobId>, database: Database) -> Answer {
    let (job, who) = super::seen(&by, id.0, &database).await?;
    job.is_steered_by(&who).map_err(super::refused)?;
    if job.status.is_final() {
        return Err(super::refused(JobRefused::JobIs { status: job.status, version: job.version }));
    }
    let shown = database.run(move |conn| Ok(jobs::shown(conn, id.0)?)).await?.ok_or(PageError::NotFound)?;
    let work = label(&shown.kind).to_owned();
    respond::page(&Page { shell: by.shell(), id: id.0, work, runs: job.status == JobStatus::Running })
}

/// Cancels, or asks its worker to stop.
pub async fn submit(by: SignedIn, id: Id<JobId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    let done = database.change(move |conn| cancel_job(conn, user, id)).await;
    let status = PageError::unless_refused(done)?.map_err(super::refused)?;
    let words = match status {
        JobStatus::Running => "The job was asked to stop. Its worker ends as soon as it can; what was done until then stays.",
        _ => "The job is cancelled. It had not begun.",
    };
    respond::see_other_saying(&secrets, &format!("/jobs/{id}"), "good", words)
}
