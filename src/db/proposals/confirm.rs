//! Writing that a proposal holds for its project as it is now.

use diesel::prelude::*;

use crate::db::failure::count;
use crate::db::{Fault, Locked, Tx, events};
use crate::domain::project::Project;
use crate::domain::proposal::{Confirmation, Proposal};
use crate::schema::proposals;

/// Writes a confirmation and its history. The proposal's own words, version and state stay.
pub fn write_confirmed(tx: &mut Tx<'_>, project: &mut Locked<Project>, own: &Proposal, confirmed: &Confirmation) -> Result<(), Fault> {
    let judged = proposals::table
        .find(own.id.0)
        .filter(proposals::status.eq(own.status))
        .filter(proposals::version.eq(own.version))
        .filter(proposals::scope_version.eq(confirmed.from()));
    let wrote = diesel::update(judged).set(proposals::scope_version.eq(confirmed.to())).execute(&mut **tx)?;
    count("proposals confirmed", 1, wrote)?;
    events::append(tx, project, confirmed.happening(own))
}
