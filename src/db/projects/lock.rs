//! Locking a project: the first statement of everything that changes it or what hangs on it.

use diesel::prelude::*;

use crate::db::locked::{Locked, patiently};
use crate::db::{Fault, Tx};
use crate::domain::event::Root;
use crate::domain::ids::ProjectId;
use crate::domain::project::Project;
use crate::schema::projects;

/// For the award: nobody else may so much as refer to the row.
///
/// # Errors
/// Nothing if there is no such project; [`Fault::Busy`] if somebody holds it for too long.
pub fn lock_for_award(tx: &mut Tx<'_>, id: ProjectId) -> Result<Option<Locked<Project>>, Fault> {
    let query = || projects::table.find(id.0).select(Project::as_select()).for_update();
    let row = patiently(tx, Root::Project(id), |pg| query().no_wait().first(pg), |pg| query().first(pg))?;
    locked(tx, row)
}

/// For everything else: FOR NO KEY UPDATE, which excludes the award and every other change, but lets rows that refer to the project be added.
///
/// # Errors
/// As [`lock_for_award`].
pub fn lock(tx: &mut Tx<'_>, id: ProjectId) -> Result<Option<Locked<Project>>, Fault> {
    let query = || projects::table.find(id.0).select(Project::as_select()).for_no_key_update();
    let row = patiently(tx, Root::Project(id), |pg| query().no_wait().first(pg), |pg| query().first(pg))?;
    locked(tx, row)
}

fn locked(tx: &mut Tx<'_>, row: Option<Project>) -> Result<Option<Locked<Project>>, Fault> {
    Ok(match row {
        Some(project) => {
            let chain = project.chain();
            Some(Locked::new(tx, project, chain)?)
        }
        None => None,
    })
}
