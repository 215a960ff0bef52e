//! Background jobs, for those whose they are.

pub mod again;
pub mod cancel;
pub mod news;
pub mod show;
mod words;

use crate::db::jobs::Shown;
use crate::db::{Database, jobs};
use crate::domain::ids::JobId;
use crate::domain::job::{Job, JobRefused, Standing};
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::shown;

pub use words::{label, tag};

/// What a page may say of a job to this person; nothing that another's job could be told from one that is not there by.
async fn seen(by: &SignedIn, id: JobId, database: &Database) -> Result<(Job, Standing), PageError> {
    let user = by.id();
    let found = database.run(move |conn| Ok(jobs::find(conn, id)?.zip(jobs::standing(conn, id, user)?))).await?;
    found.filter(|(job, who)| job.is_seen_by(who)).ok_or(PageError::NotFound)
}

/// Why a job is not called off or done again.
fn refused(why: JobRefused) -> PageError {
    let words = match why {
        JobRefused::JobIs { status, .. } => format!("This job is {} already. Nothing was changed.", status.label().to_lowercase()),
        JobRefused::NotEnded(_) => "This job has not ended yet. It can be run again once it has.".to_owned(),
        _ => "Whoever asked for this job, and those who manage the organisation’s projects, can do that.".to_owned(),
    };
    PageError::refused(&why, words)
}

/// How long it has taken, or took.
fn took(job: &Shown) -> Option<String> {
    Some(shown::span(job.ended_at.unwrap_or(job.now) - job.started_at?))
}
