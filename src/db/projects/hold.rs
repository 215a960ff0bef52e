//! Projects that the house holds, and projects as those who keep the house read of them: nothing of what was offered. Whoever reads
//! has to be an admin: that is the caller's to know.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::failure::count;
use crate::db::people::containing;
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Portion, Tx};
use crate::domain::ids::{OrganisationId, ProjectId};
use crate::domain::project::{Project, ProjectStatus};
use crate::domain::words::Reason;

/// Writes that the house holds a project from now on.
pub fn write_held(tx: &mut Tx<'_>, project: &Locked<Project>, reason: &Reason) -> Result<(), Fault> {
    let wrote =
        statement("UPDATE projects SET held_at = $2, held_for = $3, updated_at = $2 WHERE id = $1 AND held_at IS NULL AND status = $4")
            .bind::<BigInt, _>(project.id)
            .bind::<Timestamptz, _>(project.at)
            .bind::<Text, _>(reason.as_str())
            .bind::<Text, _>(project.status)
            .execute(&mut **tx)?;
    count("projects held", 1, wrote)
}

/// Writes that it is released.
pub fn write_released(tx: &mut Tx<'_>, project: &Locked<Project>) -> Result<(), Fault> {
    let wrote = statement("UPDATE projects SET held_at = NULL, held_for = NULL, updated_at = $2 WHERE id = $1 AND held_at IS NOT NULL")
        .bind::<BigInt, _>(project.id)
        .bind::<Timestamptz, _>(project.at)
        .execute(&mut **tx)?;
    count("projects released", 1, wrote)
}

/// Which projects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// All of them.
    #[default]
    All,
    /// Those that the house holds.
    Held,
    /// Those in one state.
    In(ProjectStatus),
}

/// What is looked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sought {
    /// Part of a title or of a client's name.
    pub words: String,
    /// Which.
    pub which: Which,
    /// One client's alone.
    pub client: Option<OrganisationId>,
}

/// A project, as the list shows it.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Known {
    #[diesel(sql_type = BigInt)]
    pub id: ProjectId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = BigInt)]
    pub organisation_id: OrganisationId,
    #[diesel(sql_type = Text)]
    pub organisation_name: String,
    #[diesel(sql_type = Text)]
    pub status: ProjectStatus,
    #[diesel(sql_type = Bool)]
    pub sealed: bool,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub deadline: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub held_at: Option<DateTime<Utc>>,
}

/// A portion of those that are looked for, the newest first; and whether there are more.
pub fn known(conn: &mut PgConnection, sought: &Sought, after: Option<ProjectId>, portion: Portion) -> QueryResult<(Vec<Known>, bool)> {
    let mut query =
        "SELECT p.id, p.title, p.organisation_id, p.organisation_name, p.status, p.sealed, p.created_at, p.deadline, p.held_at \
        FROM projects p WHERE p.id < $1"
            .to_owned();
    query.push_str(match sought.which {
        // a place for each value in every text, so that each has the same ones
        Which::All => " AND $3 = ''",
        Which::Held => " AND p.held_at IS NOT NULL AND $3 = ''",
        Which::In(_) => " AND p.status = $3",
    });
    query.push_str(if sought.words.is_empty() { " AND $2 <> ''" } else { " AND (p.title || ' ' || p.organisation_name) ILIKE $2" });
    query.push_str(if sought.client.is_some() { " AND p.organisation_id = $4" } else { " AND $4 = 0" });
    query.push_str(" ORDER BY p.id DESC");
    query.push_str(portion.limit());
    let state = if let Which::In(status) = sought.which { status.as_str() } else { "" };
    let rows: Vec<Known> = statement(query)
        .bind::<BigInt, _>(after.unwrap_or(ProjectId(i64::MAX)))
        .bind::<Text, _>(containing(&sought.words))
        .bind::<Text, _>(state)
        .bind::<BigInt, _>(sought.client.unwrap_or(OrganisationId(0)))
        .load(conn)?;
    Ok(portion.cut(rows))
}
