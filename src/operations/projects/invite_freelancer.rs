//! Asking a freelancer to look at a project.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, notices, project_invitations, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::project::{InviteRefused, ProjectStatus};
use crate::operations::refused;

/// Invites a freelancer, under the project's lock; whoever was invited before stays so. They are told at once, or when
/// the project is published.
///
/// # Errors
/// [`InviteRefused`], recorded; or whatever broke, with nothing written.
pub fn invite_freelancer(conn: &mut Connection<'_>, by: UserId, id: ProjectId, who: UserId) -> Result<(), Failure<InviteRefused>> {
    let attempt = Attempt { by, act: "invite_freelancer", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| invite(tx, by, id, who)))
}

fn invite(tx: &mut Tx<'_>, by: UserId, id: ProjectId, who: UserId) -> Result<(), Failure<InviteRefused>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Err(Failure::Refused(InviteRefused::Missing)) };
    let member = projects::membership(tx, project.organisation_id, by)?;
    let (guest, invited) = project_invitations::guest(tx, &project, who)?;
    let others = invited - i64::from(guest.is_invited);
    project.may_invite(member.as_ref(), guest, others).map_err(Failure::Refused)?;
    if guest.is_invited {
        return Ok(());
    }
    project_invitations::write_invited(tx, &project, by, who)?;
    events::append(tx, &mut project, Happening::by(by, EventKind::FreelancerInvited).subject(who))?;
    if project.status == ProjectStatus::Open {
        notices::tell(tx, &project, by, &[Notice::person(NoticeKind::Invited, who)])?;
    }
    Ok(())
}
