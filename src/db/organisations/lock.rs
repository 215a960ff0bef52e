//! Locking an organisation: the first statement of everything that changes it, its members or its links.

use diesel::prelude::*;

use crate::db::locked::{Locked, patiently};
use crate::db::transaction::Patience;
use crate::db::{Fault, Tx};
use crate::domain::event::Root;
use crate::domain::ids::OrganisationId;
use crate::domain::organisation::Organisation;
use crate::schema::{organisations, projects};

/// FOR NO KEY UPDATE: excludes every other change, but lets rows that refer to the organisation be added.
///
/// # Errors
/// Nothing if there is no such organisation; [`Fault::Busy`] if somebody holds it for too long.
pub fn lock(tx: &mut Tx<'_>, id: OrganisationId) -> Result<Option<Locked<Organisation>>, Fault> {
    let query = || organisations::table.find(id.0).select(Organisation::as_select()).for_no_key_update();
    let row = patiently(tx, Root::Organisation(id), |pg| query().no_wait().first(pg), |pg| query().first(pg))?;
    Ok(match row {
        Some(organisation) => {
            let chain = organisation.chain();
            Some(Locked::new(tx, organisation, chain)?)
        }
        None => None,
    })
}

/// Holds all projects of a locked organisation, in order, and then its name's key: before its name changes, which stands in
/// each of them. Whoever has a project and refers to its client would otherwise wait for the key while the name waits for the
/// project. Projects that were begun between the two steps are not waited for, for the same reason: the key is had by then.
///
/// # Errors
/// [`Fault::Busy`] if somebody holds one of them, or the key, for too long.
pub fn hold_projects(tx: &mut Tx<'_>, organisation: &Locked<Organisation>) -> Result<(), Fault> {
    let id = organisation.id;
    let projects =
        || projects::table.filter(projects::organisation_id.eq(id.0)).order(projects::id).select(projects::id).for_no_key_update();
    let key = || organisations::table.find(id.0).select(organisations::id).for_update();
    let held = match tx.patience() {
        Patience::None => projects().no_wait().load::<i64>(&mut **tx).and_then(|_| key().no_wait().first::<i64>(&mut **tx)),
        // the organisation's own lock has set how long
        Patience::Queue(_) => projects().load::<i64>(&mut **tx).and_then(|_| key().first::<i64>(&mut **tx)),
    };
    held.and_then(|_| projects().no_wait().load::<i64>(&mut **tx)).map(drop).map_err(|error| Fault::from(error).at(Root::Organisation(id)))
}
