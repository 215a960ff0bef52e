//! Calling a project off.

use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::ProjectDocument;
use super::show;
use crate::db::Database;
use crate::domain::ids::ProjectId;
use crate::domain::words::Reason;
use crate::operations::projects::cancel_project;
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{May, Projects};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// Why, and at which version.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({ "reason": "The warehouse is sold." }))]
pub struct WithReason {
    /// At most 1,000 characters.
    #[schema(required)]
    pub reason: String,
    /// The version that was read; `If-Match` says the same.
    pub version: Option<i32>,
}

impl WithReason {
    /// The reason, judged.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn reason(&self) -> Result<Reason, Problem> {
        Reason::parse(&self.reason).map_err(|wrong| Problem::field("reason", &wrong.to_string()))
    }
}

/// Cancels a draft or an open project; its pending proposals end with it.
#[utoipa::path(post, path = "/api/v1/projects/{id}/cancel", tag = "projects", operation_id = "cancel_project",
    security(("token" = ["projects"])),
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = WithReason, responses((status = 200, body = ProjectDocument), Problems))]
pub async fn cancel(by: May<Projects>, Id(id): Id<ProjectId>, seen: Seen, sent: Body<WithReason>, database: Database) -> Answer {
    let reason = sent.said.reason()?;
    let (user, version, once) = (by.id(), seen.or(sent.said.version), sent.once("cancel_project"));
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        cancel_project(conn, user, id, version, &reason)?;
        show::after(conn, id, user)
    });
    match PageError::unless_refused(done.await)? {
        Ok(Some(project)) => etag::document(StatusCode::OK, project.version, &project, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("cancel_project", &why, seen.is_conditional())),
    }
}
