//! Changing a project's words.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, projects, transaction};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::{ChangeRefused, ProjectContent};
use crate::operations::{refused, reworded};

/// Writes new words over a project, at the version that was read, under its lock. The same words again change nothing.
///
/// # Errors
/// [`ChangeRefused`], recorded; or whatever broke, with nothing written.
pub fn edit_project(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ProjectId,
    content: &ProjectContent,
    seen: Option<i32>,
) -> Result<(), Failure<ChangeRefused>> {
    let attempt = Attempt { by, act: "edit_project", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| edit(tx, by, id, content, seen)))
}

fn edit(tx: &mut Tx<'_>, by: UserId, id: ProjectId, content: &ProjectContent, seen: Option<i32>) -> Result<(), Failure<ChangeRefused>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Err(Failure::Refused(ChangeRefused::Missing)) };
    let member = projects::membership(tx, project.organisation_id, by)?;
    // The form's version is one behind where the first click of two has been served already.
    let seen = seen.filter(|_| content.changes(&project));
    let bid_came = projects::has_sealed_bids(tx, &project)?;
    project.may_edit(member.as_ref(), content, seen, bid_came, project.at).map_err(Failure::Refused)?;
    reworded(tx, &mut project, by, content)?;
    Ok(())
}
