//! Taking back a link by which nobody joined yet.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, organisations, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{InvitationId, OrganisationId, UserId};
use crate::domain::organisation::RevokeRefused;
use crate::operations::refused;

/// Takes a link back, under its organisation's lock. Taking it back twice is no mistake.
///
/// # Errors
/// [`RevokeRefused`], recorded; or whatever broke, with nothing written.
pub fn revoke_invitation(conn: &mut Connection<'_>, by: UserId, id: InvitationId) -> Result<OrganisationId, Failure<RevokeRefused>> {
    let invitation = organisations::find_invitation(conn, id)?.ok_or(Failure::Refused(RevokeRefused::Missing))?;
    let organisation = invitation.organisation_id;
    refused(conn, Attempt::new(by, "revoke_invitation"), |conn| transaction(conn, |tx| revoke(tx, by, organisation, id)))?;
    Ok(organisation)
}

fn revoke(tx: &mut Tx<'_>, by: UserId, organisation: OrganisationId, id: InvitationId) -> Result<(), Failure<RevokeRefused>> {
    let missing = || Failure::Refused(RevokeRefused::Missing);
    let mut organisation = organisations::lock(tx, organisation)?.ok_or_else(missing)?;
    let invitation = organisations::find_invitation(tx, id)?.ok_or_else(missing)?;
    let member = projects::membership(tx, organisation.id, by)?;
    organisation.may_revoke(member.as_ref(), &invitation).map_err(Failure::Refused)?;
    if invitation.revoked_at.is_some() {
        return Ok(());
    }
    organisations::write_revoked(tx, &organisation, &invitation)?;
    let what = Happening::by(by, EventKind::InvitationRevoked).facts(json!({ "invitation": id.0 }));
    events::append(tx, &mut organisation, what)?;
    Ok(())
}
