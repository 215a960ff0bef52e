//! Giving a member another role.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, notices, organisations, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::organisation::MemberRefused;
use crate::operations::refused;

/// What is to be changed.
#[derive(Debug, Clone, Copy)]
pub struct RoleChange {
    /// Where.
    pub organisation: OrganisationId,
    /// Whose role.
    pub member: UserId,
    /// The role that the form showed, where it said.
    pub seen: Option<Role>,
    /// The role they get.
    pub to: Role,
}

/// Changes a member's role, under the organisation's lock. Whoever is an owner no more, their open links are taken back.
///
/// # Errors
/// [`MemberRefused`], recorded; or whatever broke, with nothing written.
pub fn change_role(conn: &mut Connection<'_>, by: UserId, change: RoleChange) -> Result<(), Failure<MemberRefused>> {
    refused(conn, Attempt::new(by, "change_role"), |conn| transaction(conn, |tx| write(tx, by, change)))
}

fn write(tx: &mut Tx<'_>, by: UserId, change: RoleChange) -> Result<(), Failure<MemberRefused>> {
    let mut organisation = organisations::lock(tx, change.organisation)?.ok_or(Failure::Refused(MemberRefused::Missing))?;
    let own = projects::membership(tx, organisation.id, by)?;
    let member = projects::membership(tx, organisation.id, change.member)?;
    let owners = organisations::count_owners(tx, &organisation)?;
    let member = organisation
        .may_change_role(own.as_ref(), member.as_ref(), change.member, owners, change.seen, change.to)
        .map_err(Failure::Refused)?;
    if member.role == change.to {
        return Ok(());
    }
    organisations::write_role(tx, &organisation, &member, change.to)?;
    let revoked = if change.to.keeps_members() { 0 } else { organisations::write_revoked_all(tx, &organisation, member.user)? };
    let what = Happening::by(by, EventKind::RoleChanged)
        .moved(Some(member.role.as_str()), change.to.as_str())
        .subject(member.user)
        .facts(json!({ "links_revoked": revoked }));
    events::append(tx, &mut organisation, what)?;
    notices::tell(tx, &organisation, by, &[Notice::person(NoticeKind::RoleChanged, member.user)])?;
    Ok(())
}
