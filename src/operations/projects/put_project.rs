//! Putting a project by what another system calls it: made where there is none, changed where there is one.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, projects, transaction};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::project::{ChangeRefused, ProjectContent, Put, Reference};
use crate::operations::{put, refused};

/// Makes a draft of this name for an organisation, or writes the words over the project that has it, under its lock and at
/// the version that was read, where one was. However many call it at once and however often, there is one project of a name.
///
/// # Errors
/// [`ChangeRefused`], recorded; or whatever broke, with nothing written.
pub fn put_project(
    conn: &mut Connection<'_>,
    by: UserId,
    organisation: OrganisationId,
    reference: &Reference,
    content: &ProjectContent,
    seen: Option<i32>,
) -> Result<Put, Failure<ChangeRefused>> {
    let known = projects::by_reference(conn, organisation, reference)?;
    let attempt = Attempt { by, act: "put_project", project: known, proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| put(tx, by, organisation, reference, content, (known, seen))))
}
