//! Create or update, by what another system calls a project.

use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::{ProjectDocument, ProjectSaid};
use super::show;
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::OrganisationId;
use crate::domain::project::Reference;
use crate::operations::projects::put_project;
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{May, Projects};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::error::PageError;

/// The words of a project that another system keeps.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PutProject {
    /// For which organisation; need not be said where the caller manages one only.
    #[schema(value_type = Option<i64>)]
    organisation: Option<OrganisationId>,
    /// The version that was read; `If-Match` says the same.
    version: Option<i32>,
    #[serde(flatten)]
    words: ProjectSaid,
}

/// Makes a project of this name (201), or writes the words over the one that has it (200). The name is compared without
/// regard to case and blanks. However often and however many send it at once, there is one project of a name.
#[utoipa::path(put, path = "/api/v1/projects/by-ref/{source}/{external_ref}", tag = "projects", operation_id = "put_project",
    security(("token" = ["projects"])),
    params(("source" = String, Path, description = "The system that it comes from"),
        ("external_ref" = String, Path, description = "What it is called there"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read")),
    request_body = PutProject,
    responses((status = 201, body = ProjectDocument), (status = 200, body = ProjectDocument), Problems))]
pub async fn put(by: May<Projects>, name: Path<(String, String)>, seen: Seen, sent: Body<PutProject>, database: Database) -> Answer {
    let mut errors = FieldErrors::new();
    let (reference, content) = (Reference::parse(&name.0, &name.1), sent.said.words.parse());
    let only = match by.person().manages().collect::<Vec<_>>().as_slice() {
        [only] => Some(only.organisation),
        _ => None,
    };
    let organisation = sent.said.organisation.or(only);
    if organisation.is_none() {
        errors.add("organisation", "Name the organisation that this project is for");
    }
    for wrong in [reference.as_ref().err(), content.as_ref().err()].into_iter().flatten() {
        wrong.iter().for_each(|(field, message)| errors.add(field, message));
    }
    let (Some(organisation), Ok(reference), Ok(content)) = (organisation, reference, content) else { return Err(errors.into()) };
    let (user, version) = (by.id(), seen.or(sent.said.version));
    let done = database.change(move |conn| {
        let put = put_project(conn, user, organisation, &reference, &content, version)?;
        Ok((put.new, show::after(conn, put.project, user)?))
    });
    match PageError::unless_refused(done.await)? {
        Ok((new, Some(project))) => etag::made(new, &format!("/api/v1/projects/{}", project.id), project.version, &project),
        Ok((_, None)) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("put_project", &why, seen.is_conditional())),
    }
}
