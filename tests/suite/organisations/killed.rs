//! Killed after each of its statements, what is done to an organisation leaves nothing behind.
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::prelude::*;
use guildhall::db::Fault;
use guildhall::domain::ids::UserId;
use guildhall::domain::membership::Role;
use guildhall::domain::words::OrganisationName;
use guildhall::operations::organisations::{RoleChange, change_role, found_organisation, remove_member, rename_organisation};
use guildhall::schema::memberships;

use crate::award::kill_points::{kill_everywhere, kill_everywhere_after, outcome};
use crate::support::given::{self, OpenProject, patient};

/// A name that no organisation had yet.
fn name() -> OrganisationName {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    OrganisationName::parse(&format!("Harbour {}", NEXT.fetch_add(1, Ordering::Relaxed))).expect("a name")
}

fn with_viewer(conn: &mut PgConnection, on: &OpenProject) {
    given::member(conn, on.organisation.id, "Vera Lund", Role::Viewer);
}

fn newest_viewer(conn: &mut PgConnection, on: &OpenProject) -> Result<UserId, Fault> {
    let viewers =
        memberships::table.filter(memberships::organisation_id.eq(on.organisation.id.0)).filter(memberships::role.eq(Role::Viewer));
    Ok(UserId(viewers.order(memberships::user_id.desc()).select(memberships::user_id).first(conn)?))
}

#[test]
fn a_killed_founding_leaves_nothing_behind() {
    kill_everywhere("found_organisation", |conn, on| outcome(found_organisation(&mut patient(conn), on.freelancers[0].id, &name(), None)));
}

#[test]
fn a_killed_renaming_leaves_nothing_behind() {
    kill_everywhere("rename_organisation", |conn, on| {
        outcome(rename_organisation(&mut patient(conn), on.organisation.owner.id, on.organisation.id, None, &name()))
    });
}

#[test]
fn a_killed_change_of_role_leaves_nothing_behind() {
    kill_everywhere_after(with_viewer, "change_role", |conn, on| {
        let change =
            RoleChange { organisation: on.organisation.id, member: newest_viewer(conn, on)?, seen: Some(Role::Viewer), to: Role::Finance };
        outcome(change_role(&mut patient(conn), on.organisation.owner.id, change))
    });
}

#[test]
fn a_killed_removal_leaves_nothing_behind() {
    kill_everywhere_after(with_viewer, "remove_member", |conn, on| {
        let member = newest_viewer(conn, on)?;
        outcome(remove_member(&mut patient(conn), on.organisation.owner.id, on.organisation.id, member))
    });
}
