//! Closing one's account: what it said of the person goes, contracts and history stay.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, closing, events, notices, organisations, projects, proposals, sessions, sign_in_attempts};
use crate::db::{transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, ProjectId, UserId};
use crate::domain::notice::{DECIDERS, KEEPERS, Notice, NoticeKind};
use crate::domain::organisation::MemberRefused;
use crate::domain::proposal::ProposalStatus;
use crate::domain::user::CloseRefused;
use crate::operations::refused;

/// Closes the account of somebody who proved to know the password with this hash: leaves their organisations, withdraws what
/// they offered and nobody has decided, and erases the rest, all in one transaction. Locked in order are the organisations,
/// the projects, the account and the profile; what comes between the looking and the locks is seen, and all is done anew.
///
/// # Errors
/// [`CloseRefused`], recorded; or whatever broke, with nothing written.
pub fn close_account(conn: &mut Connection<'_>, by: UserId, proved: &str) -> Result<(), Failure<CloseRefused>> {
    refused(conn, Attempt::new(by, "close_account"), |conn| transaction(conn, |tx| close(tx, by, proved)))
}

fn close(tx: &mut Tx<'_>, by: UserId, proved: &str) -> Result<(), Failure<CloseRefused>> {
    let left = closing::organisations(tx, by)?;
    for id in &left {
        leave(tx, by, *id)?;
    }
    let mut withdrawn = 0;
    for id in closing::projects_offered_for(tx, by)? {
        withdrawn += i32::from(withdraw(tx, by, id)?);
    }
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(CloseRefused::Missing))?;
    user.may_close(proved).map_err(Failure::Refused)?;
    closing::hold_profile(tx, by)?;
    if !closing::projects_offered_for(tx, by)?.is_empty() || !closing::organisations(tx, by)?.is_empty() {
        return Err(closing::something_came_between().into());
    }
    let facts = json!({ "withdrawn": withdrawn, "left": left.len() });
    events::append(tx, &mut user, Happening::by(by, EventKind::AccountClosed).facts(facts))?;
    sessions::write_ended(tx, &user)?;
    sign_in_attempts::forget_account(tx, &user.email)?;
    closing::write_closed(tx, &user).map_err(|fault| match fault.constraint() {
        Some("users_keep_an_admin") => Failure::Refused(CloseRefused::LastKeeper),
        _ => Failure::Broken(fault),
    })?;
    Ok(())
}

/// Ends a membership, under the organisation's lock.
fn leave(tx: &mut Tx<'_>, by: UserId, id: OrganisationId) -> Result<(), Failure<CloseRefused>> {
    let Some(mut organisation) = organisations::lock(tx, id)? else { return Ok(()) };
    let own = projects::membership(tx, id, by)?;
    let owners = organisations::count_owners(tx, &organisation)?;
    let member = match organisation.may_remove(own.as_ref(), own.as_ref(), by, owners) {
        Ok(member) => member,
        Err(MemberRefused::LastOwner) => return Err(Failure::Refused(CloseRefused::LastOwner(id))),
        // removed meanwhile
        Err(_) => return Ok(()),
    };
    organisations::write_removed(tx, &organisation, &member)?;
    let revoked = organisations::write_revoked_all(tx, &organisation, by)?;
    let mut what = Happening::by(by, EventKind::MemberRemoved).subject(by).facts(json!({ "links_revoked": revoked }));
    what.from = Some(member.role.as_str());
    events::append(tx, &mut organisation, what)?;
    notices::tell(tx, &organisation, by, &[Notice::members(NoticeKind::MemberRemoved, id, KEEPERS)])?;
    Ok(())
}

/// Takes a proposal back, under its project's lock, unless it was decided before. Answers whether it was.
fn withdraw(tx: &mut Tx<'_>, by: UserId, id: ProjectId) -> Result<bool, Failure<CloseRefused>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Ok(false) };
    let Some(own) = proposals::own(tx, id, by)? else { return Ok(false) };
    if own.status != ProposalStatus::Pending || project.may_withdraw(by, &own).is_err() {
        return Ok(false);
    }
    proposals::write_withdrawn(tx, &project, &own)?;
    let what = Happening::by(by, EventKind::ProposalWithdrawn)
        .moved(Some(ProposalStatus::Pending.as_str()), ProposalStatus::Withdrawn.as_str())
        .proposal(own.id);
    proposals::append(tx, &mut project, what, -1)?;
    let notice = Notice::members(NoticeKind::ProposalWithdrawn, project.organisation_id, DECIDERS).about(own.id);
    notices::tell(tx, &project, by, &[notice])?;
    Ok(true)
}
