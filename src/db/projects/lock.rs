//! Locking a project: the first statement of everything that changes it or what hangs on it.

use diesel::prelude::*;

use crate::db::locked::{Held, Locked, patiently};
use crate::db::{Fault, Tx, clock};
use crate::domain::event::Root;
use crate::domain::ids::ProjectId;
use crate::domain::project::Project;
use crate::schema::projects;

/// For the award: nobody else may so much as refer to the row. `proposals::bid` reads the time and all else.
///
/// # Errors
/// Nothing if there is no such project; [`Fault::Busy`] if somebody holds it for too long.
pub fn lock_for_award(tx: &mut Tx<'_>, id: ProjectId) -> Result<Option<Held<Project>>, Fault> {
    let query = || projects::table.find(id.0).select(Project::as_select()).for_update();
    let row = patiently(tx, Root::Project(id), |pg| query().no_wait().first(pg), |pg| query().first(pg))?;
    Ok(row.map(held))
}

/// For the opening of sealed bids: as [`lock_for_award`], with the time read once the lock is had.
///
/// # Errors
/// As [`lock_for_award`].
pub fn lock_for_opening(tx: &mut Tx<'_>, id: ProjectId) -> Result<Option<Locked<Project>>, Fault> {
    let held = lock_for_award(tx, id)?;
    timed(tx, held)
}

/// For a proposal that is sent: as [`lock`]. `proposals::sender` reads the time and all else.
///
/// # Errors
/// As [`lock_for_award`].
pub fn lock_for_submit(tx: &mut Tx<'_>, id: ProjectId) -> Result<Option<Held<Project>>, Fault> {
    let query = || projects::table.find(id.0).select(Project::as_select()).for_no_key_update();
    let row = patiently(tx, Root::Project(id), |pg| query().no_wait().first(pg), |pg| query().first(pg))?;
    Ok(row.map(held))
}

/// For everything else: FOR NO KEY UPDATE, which excludes the award and every other change, but lets rows that refer to the project be added.
///
/// # Errors
/// As [`lock_for_award`].
pub fn lock(tx: &mut Tx<'_>, id: ProjectId) -> Result<Option<Locked<Project>>, Fault> {
    let held = lock_for_submit(tx, id)?;
    timed(tx, held)
}

fn timed(tx: &mut Tx<'_>, held: Option<Held<Project>>) -> Result<Option<Locked<Project>>, Fault> {
    Ok(match held {
        Some(project) => {
            let at = clock(tx)?;
            Some(project.read_at(at))
        }
        None => None,
    })
}

fn held(project: Project) -> Held<Project> {
    let chain = project.chain();
    Held::new(project, chain)
}
