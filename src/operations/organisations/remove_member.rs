//! Ending a membership: by an owner, or by leaving.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, notices, organisations, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::notice::{KEEPERS, Notice, NoticeKind};
use crate::domain::organisation::MemberRefused;
use crate::operations::refused;

/// Removes a member (or oneself: that is leaving) under the organisation's lock, and takes back their open links.
///
/// # Errors
/// [`MemberRefused`], recorded; or whatever broke, with nothing written.
pub fn remove_member(conn: &mut Connection<'_>, by: UserId, id: OrganisationId, whom: UserId) -> Result<(), Failure<MemberRefused>> {
    refused(conn, Attempt::new(by, "remove_member"), |conn| transaction(conn, |tx| remove(tx, by, id, whom)))
}

fn remove(tx: &mut Tx<'_>, by: UserId, id: OrganisationId, whom: UserId) -> Result<(), Failure<MemberRefused>> {
    let mut organisation = organisations::lock(tx, id)?.ok_or(Failure::Refused(MemberRefused::Missing))?;
    let own = projects::membership(tx, id, by)?;
    let member = projects::membership(tx, id, whom)?;
    let owners = organisations::count_owners(tx, &organisation)?;
    let member = organisation.may_remove(own.as_ref(), member.as_ref(), whom, owners).map_err(Failure::Refused)?;
    organisations::write_removed(tx, &organisation, &member)?;
    let revoked = organisations::write_revoked_all(tx, &organisation, whom)?;
    let mut what = Happening::by(by, EventKind::MemberRemoved).subject(whom).facts(json!({ "links_revoked": revoked }));
    what.from = Some(member.role.as_str());
    events::append(tx, &mut organisation, what)?;
    let owners = Notice::members(NoticeKind::MemberRemoved, id, KEEPERS);
    notices::tell(tx, &organisation, by, &[Notice::person(NoticeKind::MemberRemoved, whom), owners])?;
    Ok(())
}
