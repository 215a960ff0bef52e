//! How far each member has looked at a project's proposals.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::db::prepared::statement;
use crate::domain::ids::UserId;
use crate::domain::project::Project;

/// Notes that somebody has looked at the project as it was read; never less than before, and nothing where that is
/// known. Answers whether it was written.
pub fn write_look(conn: &mut PgConnection, project: &Project, by: UserId) -> QueryResult<bool> {
    let wrote = statement(
        "INSERT INTO project_looks (project_id, user_id, seen) SELECT $1, user_id, $3 FROM memberships WHERE organisation_id = $4 AND user_id = $2 \
         ON CONFLICT (project_id, user_id) DO UPDATE SET seen = excluded.seen WHERE project_looks.seen < excluded.seen",
    )
    .bind::<BigInt, _>(project.id)
    .bind::<BigInt, _>(by)
    .bind::<BigInt, _>(project.event_count)
    .bind::<BigInt, _>(project.organisation_id)
    .execute(conn)?;
    Ok(wrote == 1)
}
