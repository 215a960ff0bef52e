//! Opening a project for proposals.

use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::ProjectDocument;
use super::show;
use crate::db::Database;
use crate::domain::ids::ProjectId;
use crate::operations::projects::publish_project;
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{May, Projects};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// What a request says that changes a project's state.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({}))]
pub struct AtVersion {
    /// The version that was read; `If-Match` says the same.
    pub version: Option<i32>,
}

/// Publishes a draft.
#[utoipa::path(post, path = "/api/v1/projects/{id}/publish", tag = "projects", operation_id = "publish_project",
    security(("token" = ["projects"])),
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = AtVersion, responses((status = 200, body = ProjectDocument), Problems))]
pub async fn publish(by: May<Projects>, Id(id): Id<ProjectId>, seen: Seen, sent: Body<AtVersion>, database: Database) -> Answer {
    let (user, version, once) = (by.id(), seen.or(sent.said.version), sent.once("publish_project"));
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        publish_project(conn, user, id, version)?;
        show::after(conn, id, user)
    });
    match PageError::unless_refused(done.await)? {
        Ok(Some(project)) => etag::document(StatusCode::OK, project.version, &project, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("publish_project", &why, seen.is_conditional())),
    }
}
