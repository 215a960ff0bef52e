//! Writing organisations and their members: each writer names the decision that it writes, and counts its rows.

use diesel::prelude::*;

use crate::db::failure::count;
use crate::db::{Fault, Locked, Tx};
use crate::domain::ids::UserId;
use crate::domain::membership::{Member, Role};
use crate::domain::organisation::Organisation;
use crate::schema::{memberships, organisations};

/// A new organisation and its first owner; locked as every row is that its own transaction made.
pub fn write_founded(tx: &mut Tx<'_>, by: UserId, name: &str) -> Result<Locked<Organisation>, Fault> {
    let organisation: Organisation = diesel::insert_into(organisations::table)
        .values(organisations::name.eq(name))
        .returning(Organisation::as_returning())
        .get_result(&mut **tx)?;
    let wrote = diesel::insert_into(memberships::table)
        .values((memberships::organisation_id.eq(organisation.id.0), memberships::user_id.eq(by.0), memberships::role.eq(Role::Owner)))
        .execute(&mut **tx)?;
    count("first owners", 1, wrote)?;
    let chain = organisation.chain();
    Ok(Locked::new(tx, organisation, chain)?)
}

/// Writes a new name: the version rises.
pub fn write_renamed(tx: &mut Tx<'_>, organisation: &Locked<Organisation>, name: &str) -> Result<(), Fault> {
    let row = organisations::table.find(organisation.id.0).filter(organisations::version.eq(organisation.version));
    let wrote =
        diesel::update(row).set((organisations::name.eq(name), organisations::version.eq(organisation.version + 1))).execute(&mut **tx)?;
    count("organisations renamed", 1, wrote)
}

/// Writes a member's new role.
pub fn write_role(tx: &mut Tx<'_>, organisation: &Locked<Organisation>, member: &Member, to: Role) -> Result<(), Fault> {
    let row = memberships::table.find((organisation.id.0, member.user.0)).filter(memberships::role.eq(member.role));
    let wrote = diesel::update(row).set(memberships::role.eq(to)).execute(&mut **tx)?;
    count("roles changed", 1, wrote)
}

/// Ends a membership.
pub fn write_removed(tx: &mut Tx<'_>, organisation: &Locked<Organisation>, member: &Member) -> Result<(), Fault> {
    let row = memberships::table.find((organisation.id.0, member.user.0)).filter(memberships::role.eq(member.role));
    let wrote = diesel::delete(row).execute(&mut **tx)?;
    count("members removed", 1, wrote)
}
