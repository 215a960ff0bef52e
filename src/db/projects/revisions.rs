//! What a project asked for, version by version of its scope.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Timestamptz};

use crate::db::failure::count;
use crate::db::prepared::{literal, statement};
use crate::db::{Fault, Locked, Tx};
use crate::domain::ids::ProjectId;
use crate::domain::project::{Project, Revision};
use crate::schema::project_revisions;

/// Keeps what a project asks for now, under its lock and after it was written.
pub fn write_revision(tx: &mut Tx<'_>, project: &Locked<Project>) -> Result<(), Fault> {
    keep(tx, project.id, project.at)
}

fn keep(conn: &mut PgConnection, id: ProjectId, at: DateTime<Utc>) -> Result<(), Fault> {
    let wrote = statement(
        "INSERT INTO project_revisions (project_id, scope_version, at, title, description, skills, kind, budget_min, budget_max, currency, \
             deadline, questions) \
         SELECT id, scope_version, $2, title, description, skills, kind, budget_min, budget_max, currency, deadline, questions \
         FROM projects WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Timestamptz, _>(at)
    .execute(conn)?;
    count("revisions kept", 1, wrote)
}

/// The versions of a project that were made between two moments, and the one before them, oldest first. Whether the
/// reader may know of them is the caller's to ask.
pub fn revisions(conn: &mut PgConnection, id: ProjectId, from: DateTime<Utc>, to: DateTime<Utc>) -> QueryResult<Vec<Revision>> {
    let before = literal::<Bool>(
        "project_revisions.scope_version >= (SELECT coalesce(max(r.scope_version), 0) FROM project_revisions r WHERE r.project_id = ",
    );
    project_revisions::table
        .filter(project_revisions::project_id.eq(id.0))
        .filter(project_revisions::at.le(to))
        .filter(before.bind::<BigInt, _>(id).sql(" AND r.at < ").bind::<Timestamptz, _>(from).sql(")"))
        .order(project_revisions::scope_version)
        .select(Revision::as_select())
        .load(conn)
}

/// Two of its versions, the earlier one first; nothing where one was not kept.
pub fn between(conn: &mut PgConnection, id: ProjectId, earlier: i32, later: i32) -> QueryResult<Option<(Revision, Revision)>> {
    let found: Vec<Revision> = project_revisions::table
        .filter(project_revisions::project_id.eq(id.0))
        .filter(project_revisions::scope_version.eq_any([earlier, later]))
        .order(project_revisions::scope_version)
        .select(Revision::as_select())
        .load(conn)?;
    Ok(<[Revision; 2]>::try_from(found).ok().map(|[earlier, later]| (earlier, later)))
}
