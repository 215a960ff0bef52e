//! Taking an invitation back.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, project_invitations, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::InviteRefused;
use crate::operations::refused;

/// Takes a freelancer's invitation back, under the project's lock. One that is not there is back already.
///
/// # Errors
/// [`InviteRefused`], recorded; or whatever broke, with nothing written.
pub fn uninvite_freelancer(conn: &mut Connection<'_>, by: UserId, id: ProjectId, who: UserId) -> Result<(), Failure<InviteRefused>> {
    let attempt = Attempt { by, act: "uninvite_freelancer", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| uninvite(tx, by, id, who)))
}

fn uninvite(tx: &mut Tx<'_>, by: UserId, id: ProjectId, who: UserId) -> Result<(), Failure<InviteRefused>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Err(Failure::Refused(InviteRefused::Missing)) };
    let member = projects::membership(tx, project.organisation_id, by)?;
    let (guest, _) = project_invitations::guest(tx, &project, who)?;
    project.may_uninvite(member.as_ref()).map_err(Failure::Refused)?;
    if !guest.is_invited {
        return Ok(());
    }
    project_invitations::write_uninvited(tx, &project, who)?;
    events::append(tx, &mut project, Happening::by(by, EventKind::FreelancerUninvited).subject(who))?;
    Ok(())
}
