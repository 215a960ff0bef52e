//! Holding a project.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, projects, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::{HoldRefused, Project};
use crate::domain::words::Reason;
use crate::operations::{kept_project, refused};

/// Holds a project until an admin releases it: it takes no proposals, nobody changes or publishes it, and nobody wins it. What was
/// offered stays, the client can still call it off, and a contract that runs is not touched. Under the project's lock, as the award.
///
/// # Errors
/// [`HoldRefused`], recorded; or whatever broke, with nothing written.
pub fn hold_project(conn: &mut Connection<'_>, by: UserId, id: ProjectId, reason: &Reason) -> Result<(), Failure<HoldRefused>> {
    let attempt = Attempt { by, act: "hold_project", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| {
        transaction(conn, |tx| {
            let project = kept_project(tx, (by, id), reason, EventKind::ProjectHeld, Project::may_be_held)?;
            Ok(projects::write_held(tx, &project, reason)?)
        })
    })
}
