//! Choosing who can see a project.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::{InviteRefused, Visibility};
use crate::operations::refused;

/// Opens a project to everybody or keeps it to those who are invited, under its lock. What it is already changes
/// nothing.
///
/// # Errors
/// [`InviteRefused`], recorded; or whatever broke, with nothing written.
pub fn choose_visibility(conn: &mut Connection<'_>, by: UserId, id: ProjectId, to: Visibility) -> Result<(), Failure<InviteRefused>> {
    let attempt = Attempt { by, act: "choose_visibility", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| choose(tx, by, id, to)))
}

fn choose(tx: &mut Tx<'_>, by: UserId, id: ProjectId, to: Visibility) -> Result<(), Failure<InviteRefused>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Err(Failure::Refused(InviteRefused::Missing)) };
    let member = projects::membership(tx, project.organisation_id, by)?;
    project.may_become_visible(member.as_ref(), to).map_err(Failure::Refused)?;
    if project.visibility == to {
        return Ok(());
    }
    projects::write_visibility(tx, &project, to)?;
    let what = Happening::by(by, EventKind::VisibilityChosen).moved(Some(project.visibility.as_str()), to.as_str());
    events::append(tx, &mut project, what)?;
    Ok(())
}
