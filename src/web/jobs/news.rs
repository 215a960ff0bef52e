//! How far a job has come, for the script of its page.

use actix_web::HttpResponse;
use serde_json::json;

use crate::db::{Database, jobs};
use crate::domain::ids::JobId;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::Answer;

/// Answers progress, step and state; the page itself says the rest.
pub async fn page(by: SignedIn, id: Id<JobId>, database: Database) -> Answer {
    super::seen(&by, id.0, &database).await?;
    let job = database.run(move |conn| Ok(jobs::shown(conn, id.0)?)).await?.ok_or(PageError::NotFound)?;
    let told =
        json!({ "progress": job.progress, "step": job.step, "status": job.status, "version": job.version, "attempts": job.attempts });
    Ok(HttpResponse::Ok().json(told))
}
