//! Opening a project for proposals.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, notices, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::project::{ChangeRefused, ProjectStatus};
use crate::operations::{once, refused};

/// Publishes a draft at the version that was read, under its lock.
///
/// # Errors
/// [`ChangeRefused`], recorded; or whatever broke, with nothing written.
pub fn publish_project(conn: &mut Connection<'_>, by: UserId, id: ProjectId, seen: Option<i32>) -> Result<(), Failure<ChangeRefused>> {
    let attempt = Attempt { by, act: "publish_project", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| publish(tx, by, id, seen))))
}

fn publish(tx: &mut Tx<'_>, by: UserId, id: ProjectId, seen: Option<i32>) -> Result<(), Failure<ChangeRefused>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Err(Failure::Refused(ChangeRefused::Missing)) };
    let member = projects::membership(tx, project.organisation_id, by)?;
    project.may_publish(member.as_ref(), seen, project.at).map_err(Failure::Refused)?;
    projects::write_published(tx, &project)?;
    projects::write_revision(tx, &project)?;
    let what = Happening::by(by, EventKind::ProjectPublished)
        .moved(Some(ProjectStatus::Draft.as_str()), ProjectStatus::Open.as_str())
        .facts(json!({ "version": project.version, "words": project.own_words_hash() }));
    events::append(tx, &mut project, what)?;
    notices::tell(tx, &project, by, &[Notice::guests(NoticeKind::Invited, id)])?;
    Ok(())
}
