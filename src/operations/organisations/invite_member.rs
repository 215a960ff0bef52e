//! Making a link by which somebody joins.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::request_keys::{self, Claim};
use crate::db::{Connection, Failure, Tx, events, organisations, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{InvitationId, OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::organisation::{InvitationToken, InviteRefused};
use crate::domain::request::Request;
use crate::domain::words::InvitationNote;
use crate::operations::refused;

/// A link that is to be made.
#[derive(Debug, Clone)]
pub struct Invite {
    /// To which organisation.
    pub organisation: OrganisationId,
    /// As what one joins.
    pub role: Role,
    /// For whom, in the inviter's words.
    pub note: InvitationNote,
    /// The link's secret, which is not kept. The same request must bring the same one.
    pub token: InvitationToken,
}

/// Makes a link, under the organisation's lock. With the same request a second time, answers the one that was made.
///
/// # Errors
/// [`InviteRefused`], recorded; or whatever broke, with nothing written.
pub fn invite_member(
    conn: &mut Connection<'_>,
    by: UserId,
    invite: &Invite,
    request: Option<&Request>,
) -> Result<InvitationId, Failure<InviteRefused>> {
    refused(conn, Attempt::new(by, "invite_member"), |conn| transaction(conn, |tx| make(tx, by, invite, request)))
}

fn make(tx: &mut Tx<'_>, by: UserId, invite: &Invite, request: Option<&Request>) -> Result<InvitationId, Failure<InviteRefused>> {
    if let Some(request) = request {
        match request_keys::claim(tx, by, request)? {
            Claim::New => {}
            Claim::Done(made) => return Ok(InvitationId(made)),
            Claim::Reused => return Err(Failure::Refused(InviteRefused::KeyReused)),
        }
    }
    let mut organisation = organisations::lock(tx, invite.organisation)?.ok_or(Failure::Refused(InviteRefused::Missing))?;
    let member = projects::membership(tx, organisation.id, by)?;
    let open = organisations::count_open(tx, &organisation)?;
    organisation.may_invite(member.as_ref(), open).map_err(Failure::Refused)?;
    let id = organisations::write_invited(tx, &organisation, by, invite.role, invite.note.as_str(), &invite.token)?;
    let what = Happening::by(by, EventKind::MemberInvited)
        .moved(None, invite.role.as_str())
        .facts(json!({ "invitation": id.0, "note": organisation.words_hash(&[invite.note.as_str()]) }));
    events::append(tx, &mut organisation, what)?;
    if let Some(request) = request {
        request_keys::keep(tx, by, &request.key, id.0)?;
    }
    Ok(id)
}
