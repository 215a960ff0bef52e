//! New words over a project: one place for all that comes with them, whether a form edits them or another system puts
//! them.

use serde_json::json;

use crate::db::{Fault, Locked, Tx, events, notices, projects};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::project::{Project, ProjectContent};

/// Writes words that were judged over a locked project, keeps what it asks for where a proposal answers that, and tells
/// those who sent one. Answers the version that it has now; the same words again change nothing.
///
/// # Errors
/// Whatever broke.
pub fn reworded(tx: &mut Tx<'_>, project: &mut Locked<Project>, by: UserId, content: &ProjectContent) -> Result<i32, Fault> {
    if !content.changes(project) {
        return Ok(project.version);
    }
    let scope_version = project.scope_after(content);
    projects::write_edited(tx, project, content, scope_version)?;
    if scope_version != project.scope_version {
        projects::write_revision(tx, project)?;
    }
    let version = project.version + 1;
    let what = Happening::by(by, EventKind::ProjectEdited)
        .facts(json!({ "version": version, "scope_version": scope_version, "words": project.words_hash(content) }));
    events::append(tx, project, what)?;
    if scope_version != project.scope_version {
        notices::tell(tx, project, by, &[Notice::bidders(NoticeKind::ProjectChanged, project.id)])?;
    }
    Ok(version)
}
