//! Writing a new project down.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, ProjectId, UserId};
use crate::domain::project::{DraftRefused, ProjectContent, ProjectStatus};
use crate::operations::refused;

/// Makes a draft for an organisation.
///
/// # Errors
/// [`DraftRefused`], recorded; or whatever broke, with nothing written.
pub fn draft_project(
    conn: &mut Connection<'_>,
    by: UserId,
    organisation: OrganisationId,
    content: &ProjectContent,
) -> Result<ProjectId, Failure<DraftRefused>> {
    let attempt = Attempt { by, act: "draft_project", project: None, proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| draft(tx, by, organisation, content)))
}

fn draft(tx: &mut Tx<'_>, by: UserId, organisation: OrganisationId, content: &ProjectContent) -> Result<ProjectId, Failure<DraftRefused>> {
    let member = projects::membership(tx, organisation, by)?.ok_or(Failure::Refused(DraftRefused::Missing))?;
    if !member.role.manages_projects() {
        return Err(Failure::Refused(DraftRefused::NotAllowed));
    }
    let mut project = projects::draft(tx, projects::DraftRow { organisation, by }, content)?;
    let what = Happening::by(by, EventKind::ProjectDrafted)
        .moved(None, ProjectStatus::Draft.as_str())
        .facts(json!({ "version": project.version, "words": project.words_hash(content) }));
    events::append(tx, &mut project, what)?;
    Ok(project.id)
}
