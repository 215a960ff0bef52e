//! One project.

use actix_web::http::StatusCode;

use super::shape::ProjectDocument;
use crate::db::{Connection, Database, Failure, PgConnection, QueryResult, projects};
use crate::domain::ids::{ProjectId, UserId};
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{May, Read};
use crate::web::api::problem::{Answer, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// A project as somebody may see it now; nothing where they may not know of it.
pub fn read(conn: &mut PgConnection, id: ProjectId, reader: UserId) -> QueryResult<Option<ProjectDocument>> {
    let Some(view) = projects::seen_by(conn, id, Some(reader))? else { return Ok(None) };
    let reference = if view.role.is_some() { projects::referred(conn, id)? } else { None };
    Ok(Some(ProjectDocument::of(view, reference)))
}

/// The same behind an operation that was done to it.
///
/// # Errors
/// Whatever broke.
pub fn after<E>(conn: &mut Connection<'_>, id: ProjectId, reader: UserId) -> Result<Option<ProjectDocument>, Failure<E>> {
    Ok(read(conn, id, reader)?)
}

/// One project.
#[utoipa::path(get, path = "/api/v1/projects/{id}", tag = "projects", operation_id = "show_project", security(("token" = ["read"])),
    params(("id" = i64, Path)), responses((status = 200, body = ProjectDocument), (status = 304), Problems))]
pub async fn show(by: May<Read>, Id(id): Id<ProjectId>, seen: Seen, database: Database) -> Answer {
    let user = by.id();
    let project = database.run(move |conn| Ok(read(conn, id, user)?)).await?.ok_or(PageError::NotFound)?;
    etag::document(StatusCode::OK, project.version, &project, &seen)
}
