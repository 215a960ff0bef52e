//! Locking an organisation: the first statement of everything that changes it, its members or its links.

use diesel::prelude::*;

use crate::db::locked::{Locked, patiently};
use crate::db::{Fault, Tx};
use crate::domain::event::Root;
use crate::domain::ids::OrganisationId;
use crate::domain::organisation::Organisation;
use crate::schema::organisations;

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
