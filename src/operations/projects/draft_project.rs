//! Writing a new project down.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::request_keys::{self, Claim};
use crate::db::{Connection, Failure, Tx, events, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, ProjectId, UserId};
use crate::domain::project::{DraftRefused, ProjectContent, ProjectStatus};
use crate::domain::request::Request;
use crate::operations::refused;

/// Makes a draft for an organisation. With the same request a second time, answers the one that was made.
///
/// # Errors
/// [`DraftRefused`], recorded; or whatever broke, with nothing written.
pub fn draft_project(
    conn: &mut Connection<'_>,
    by: UserId,
    organisation: OrganisationId,
    content: &ProjectContent,
    request: Option<&Request>,
) -> Result<ProjectId, Failure<DraftRefused>> {
    let attempt = Attempt { by, act: "draft_project", project: None, proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| draft(tx, by, organisation, content, request)))
}

fn draft(
    tx: &mut Tx<'_>,
    by: UserId,
    organisation: OrganisationId,
    content: &ProjectContent,
    request: Option<&Request>,
) -> Result<ProjectId, Failure<DraftRefused>> {
    if let Some(request) = request {
        match request_keys::claim(tx, by, request)? {
            Claim::New => {}
            Claim::Done(made) => return Ok(ProjectId(made)),
            Claim::Reused => return Err(Failure::Refused(DraftRefused::KeyReused)),
        }
    }
    let member = projects::membership(tx, organisation, by)?.ok_or(Failure::Refused(DraftRefused::Missing))?;
    if !member.role.manages_projects() {
        return Err(Failure::Refused(DraftRefused::NotAllowed));
    }
    let mut project = projects::draft(tx, projects::DraftRow { organisation, by, id: None }, content)?;
    let what = Happening::by(by, EventKind::ProjectDrafted)
        .moved(None, ProjectStatus::Draft.as_str())
        .facts(json!({ "version": project.version, "words": project.words_hash(content) }));
    events::append(tx, &mut project, what)?;
    if let Some(request) = request {
        request_keys::keep(tx, by, &request.key, project.id.0)?;
    }
    Ok(project.id)
}
