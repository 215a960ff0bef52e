//! A project for those who write, publish and cancel it.

use crate::db::Database;
use crate::db::projects::{self, View};
use crate::domain::ids::{ProjectId, UserId};
use crate::web::error::PageError;

/// Reads a project that this person manages. The operations judge again, under its lock.
///
/// # Errors
/// Not found for whoever does not belong to the organisation; not allowed for its other members.
pub async fn managed(database: &Database, id: ProjectId, by: UserId) -> Result<View, PageError> {
    let view = database.run(move |conn| Ok(projects::seen_by(conn, id, Some(by))?)).await?;
    let view = view.filter(|view| view.role.is_some()).ok_or(PageError::NotFound)?;
    if view.manages() { Ok(view) } else { Err(not_allowed()) }
}

/// For members who only look.
pub fn not_allowed() -> PageError {
    PageError::NotAllowed("Owners and managers of the organisation write, publish and cancel its projects.".to_owned())
}
