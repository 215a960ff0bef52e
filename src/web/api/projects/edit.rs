//! Changing a project's words.

use actix_web::http::StatusCode;

use super::shape::{ProjectDocument, ProjectSaid};
use super::show;
use crate::db::Database;
use crate::domain::ids::ProjectId;
use crate::operations::projects::edit_project;
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{May, Projects};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// Writes new words over a project, at the version that was read: `If-Match` must name it.
#[utoipa::path(put, path = "/api/v1/projects/{id}", tag = "projects", operation_id = "edit_project", security(("token" = ["projects"])),
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The ETag of what was read, or `*`")),
    request_body = ProjectSaid,
    responses((status = 200, body = ProjectDocument), (status = 428, body = crate::web::api::problem::ProblemDocument, content_type = "application/problem+json"), Problems))]
pub async fn edit(by: May<Projects>, Id(id): Id<ProjectId>, seen: Seen, sent: Body<ProjectSaid>, database: Database) -> Answer {
    if !seen.is_conditional() {
        return Err(PageError::PreconditionNeeded.into());
    }
    let (user, content, version) = (by.id(), sent.said.parse()?, seen.version());
    let done = database.change(move |conn| {
        edit_project(conn, user, id, &content, version)?;
        show::after(conn, id, user)
    });
    match PageError::unless_refused(done.await)? {
        Ok(Some(project)) => etag::document(StatusCode::OK, project.version, &project, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("edit_project", &why, true)),
    }
}
