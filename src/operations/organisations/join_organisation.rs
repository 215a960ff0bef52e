//! Joining an organisation by a link.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, notices, organisations, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::notice::{KEEPERS, Notice, NoticeKind};
use crate::domain::organisation::{Invitation, InvitationToken, JoinRefused};
use crate::operations::refused;

/// Joins by a link, under the organisation's lock, and uses the link up.
///
/// # Errors
/// [`JoinRefused`], recorded; or whatever broke, with nothing written.
pub fn join_organisation(conn: &mut Connection<'_>, by: UserId, token: &InvitationToken) -> Result<OrganisationId, Failure<JoinRefused>> {
    refused(conn, Attempt::new(by, "join_organisation"), |conn| {
        let found = find(conn, token)?;
        transaction(conn, |tx| join(tx, by, found.organisation_id, token))
    })
}

fn find(conn: &mut diesel::PgConnection, token: &InvitationToken) -> Result<Invitation, Failure<JoinRefused>> {
    organisations::invitation_by(conn, token)?.ok_or(Failure::Refused(JoinRefused::Missing))
}

fn join(tx: &mut Tx<'_>, by: UserId, id: OrganisationId, token: &InvitationToken) -> Result<OrganisationId, Failure<JoinRefused>> {
    let mut organisation = organisations::lock(tx, id)?.ok_or(Failure::Refused(JoinRefused::Missing))?;
    let invitation = find(tx, token)?;
    let member = projects::membership(tx, id, by)?;
    organisation.may_join(member.as_ref(), &invitation, organisation.at).map_err(Failure::Refused)?;
    organisations::write_joined(tx, &organisation, by, &invitation)?;
    let what =
        Happening::by(by, EventKind::MemberJoined).moved(None, invitation.role.as_str()).facts(json!({ "invitation": invitation.id.0 }));
    events::append(tx, &mut organisation, what)?;
    notices::tell(tx, &organisation, by, &[Notice::members(NoticeKind::MemberJoined, id, KEEPERS)])?;
    Ok(id)
}
