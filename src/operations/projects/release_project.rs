//! Releasing a project that the house holds.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, projects, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::{HoldRefused, Project};
use crate::domain::words::Reason;
use crate::operations::{kept_project, refused};

/// Lets a project go on as it stands, under its lock.
///
/// # Errors
/// [`HoldRefused`], recorded; or whatever broke, with nothing written.
pub fn release_project(conn: &mut Connection<'_>, by: UserId, id: ProjectId, reason: &Reason) -> Result<(), Failure<HoldRefused>> {
    let attempt = Attempt { by, act: "release_project", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| {
        transaction(conn, |tx| {
            let project = kept_project(tx, (by, id), reason, EventKind::ProjectReleased, Project::may_be_released)?;
            Ok(projects::write_released(tx, &project)?)
        })
    })
}
