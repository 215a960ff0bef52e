//! Having looked at a project's proposals: what was sent later is new to whoever looked.

use std::convert::Infallible;

use diesel::PgConnection;

use crate::db::{Failure, projects};
use crate::domain::ids::UserId;
use crate::domain::project::Project;

/// Notes that a member has looked at the proposals of a project as it was read. One statement, on a row that nobody else
/// writes; for whoever is no member it does nothing, and it refuses nobody.
///
/// # Errors
/// Whatever broke.
pub fn look_at_proposals(conn: &mut PgConnection, by: UserId, project: &Project) -> Result<bool, Failure<Infallible>> {
    Ok(projects::write_look(conn, project, by)?)
}
