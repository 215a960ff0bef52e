//! Writing a new project down.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::{ProjectDocument, ProjectSaid};
use super::show;
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::OrganisationId;
use crate::domain::project::DraftRefused;
use crate::operations::projects::draft_project;
use crate::web::api::body::Body;
use crate::web::api::etag;
use crate::web::api::may::{May, Projects};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::error::PageError;

/// A new project.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewProject {
    /// For which organisation.
    #[schema(required, value_type = i64)]
    organisation: Option<OrganisationId>,
    #[serde(flatten)]
    words: ProjectSaid,
}

/// Makes a draft.
#[utoipa::path(post, path = "/api/v1/projects", tag = "projects", operation_id = "draft_project", security(("token" = ["projects"])),
    params(("Idempotency-Key" = Option<String>, Header)), request_body = NewProject,
    responses((status = 201, body = ProjectDocument), Problems))]
pub async fn create(by: May<Projects>, sent: Body<NewProject>, database: Database) -> Answer {
    let content = sent.said.words.parse();
    let (Some(organisation), Ok(content)) = (sent.said.organisation, &content) else {
        let mut errors = FieldErrors::new();
        if sent.said.organisation.is_none() {
            errors.add("organisation", "Name the organisation that this project is for");
        }
        for (field, message) in content.err().unwrap_or_default().iter() {
            errors.add(field, message);
        }
        return Err(errors.into());
    };
    let (user, content, once) = (by.id(), content.clone(), sent.once("draft_project"));
    let made = database.change(move |conn| {
        let id = draft_project(conn, user, organisation, &content, once.as_ref())?;
        show::after(conn, id, user)
    });
    match PageError::unless_refused(made.await)? {
        Ok(Some(project)) => etag::made(true, &format!("/api/v1/projects/{}", project.id), project.version, &project),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(DraftRefused::KeyReused) => Err(PageError::KeyReused.into()),
        Err(why) => Err(Problem::refused("draft_project", &why, false)),
    }
}
