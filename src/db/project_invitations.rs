//! Who is invited to a project: reading, and writing under the project's lock.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;

use super::failure::count;
use super::{Fault, Locked, Tx};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::membership::Role;
use crate::domain::project::{Guest, Project, ProjectStatus};
use crate::schema::{freelancers, memberships, project_invitations, projects, users};

/// Somebody who was invited.
#[derive(Debug, Clone, Queryable)]
pub struct Invited {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their line about themselves.
    pub headline: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Who is meant, and how many are invited, as read under the project's lock.
pub fn guest(tx: &mut Tx<'_>, project: &Locked<Project>, who: UserId) -> QueryResult<(Guest, i64)> {
    let (is_freelancer, is_member, is_invited) = diesel::select((
        exists(freelancers::table.find(who.0)),
        exists(memberships::table.find((project.organisation_id.0, who.0))),
        exists(project_invitations::table.find((project.id.0, who.0))),
    ))
    .get_result(&mut **tx)?;
    let invited = project_invitations::table.filter(project_invitations::project_id.eq(project.id.0)).count().get_result(&mut **tx)?;
    Ok((Guest { is_freelancer, is_member, is_invited }, invited))
}

/// Those who are invited, the last one first.
pub fn of_project(conn: &mut PgConnection, id: ProjectId) -> QueryResult<Vec<Invited>> {
    project_invitations::table
        .inner_join(freelancers::table.on(freelancers::user_id.eq(project_invitations::freelancer_id)))
        .inner_join(users::table.on(users::id.eq(project_invitations::freelancer_id)))
        .filter(project_invitations::project_id.eq(id.0))
        .order((project_invitations::invited_at.desc(), project_invitations::freelancer_id))
        .select((users::id, users::name, freelancers::headline, project_invitations::invited_at))
        .load(conn)
}

/// A project that somebody could be invited to.
#[derive(Debug, Clone, Queryable)]
pub struct Open {
    /// Its id.
    pub id: ProjectId,
    /// Its title.
    pub title: String,
    /// Whether this freelancer is invited already.
    pub is_invited: bool,
}

/// The drafts and open projects of a manager's organisations, newest first: what they could invite a freelancer to.
pub fn open_to(conn: &mut PgConnection, manager: UserId, freelancer: UserId) -> QueryResult<Vec<Open>> {
    let invited = project_invitations::table.find((projects::id, freelancer.0));
    let theirs = diesel::alias!(memberships as theirs);
    let theirs = theirs.filter(theirs.field(memberships::user_id).eq(freelancer.0)).select(theirs.field(memberships::organisation_id));
    projects::table
        .inner_join(memberships::table.on(memberships::organisation_id.eq(projects::organisation_id)))
        .filter(memberships::user_id.eq(manager.0))
        .filter(memberships::role.eq_any([Role::Owner, Role::Manager]))
        .filter(projects::status.eq_any([ProjectStatus::Draft, ProjectStatus::Open]))
        .filter(diesel::dsl::not(projects::organisation_id.eq_any(theirs)))
        .order(projects::id.desc())
        .limit(50)
        .select((projects::id, projects::title, exists(invited)))
        .load(conn)
}

/// Writes an invitation.
pub fn write_invited(tx: &mut Tx<'_>, project: &Locked<Project>, by: UserId, who: UserId) -> Result<(), Fault> {
    let wrote = diesel::insert_into(project_invitations::table)
        .values((
            project_invitations::project_id.eq(project.id.0),
            project_invitations::freelancer_id.eq(who.0),
            project_invitations::invited_by.eq(by.0),
            project_invitations::invited_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("invitations written", 1, wrote)
}

/// Takes an invitation back.
pub fn write_uninvited(tx: &mut Tx<'_>, project: &Locked<Project>, who: UserId) -> Result<(), Fault> {
    let wrote = diesel::delete(project_invitations::table.find((project.id.0, who.0))).execute(&mut **tx)?;
    count("invitations taken back", 1, wrote)
}
