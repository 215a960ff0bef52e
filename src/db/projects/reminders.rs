//! What the house does about deadlines: which projects it has to look at, and what it has told.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Interval};

use crate::db::prepared::statement;
use crate::db::{Locked, Tx};
use crate::domain::event::EventKind;
use crate::domain::ids::ProjectId;
use crate::domain::project::{ClosesAfter, NEAR_HOURS, Project};
use crate::schema::project_reminders;

/// So many are looked at in one go.
const MOST: i64 = 500;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: ProjectId,
}

fn due(conn: &mut PgConnection, text: &'static str, span: TimeDelta, after: ProjectId) -> QueryResult<Vec<ProjectId>> {
    let query = statement(text).bind::<Interval, _>(span).bind::<BigInt, _>(after).bind::<BigInt, _>(MOST);
    Ok(query.load::<Id>(conn)?.into_iter().map(|row| row.id).collect())
}

/// Projects behind a number whose sealed bids have waited for so long after the deadline. What is read here refuses,
/// never grants.
pub fn due_to_open(conn: &mut PgConnection, waited: TimeDelta, after: ProjectId) -> QueryResult<Vec<ProjectId>> {
    let query = "SELECT id FROM projects WHERE status = 'OPEN' AND deadline <= clock_timestamp() - $1 AND sealed \
        AND bids_opened_at IS NULL AND proposal_count > 0 AND id > $2 ORDER BY id LIMIT $3";
    due(conn, query, waited, after)
}

/// Projects behind a number whose deadline is near, and nobody was told of it.
pub fn due_to_near(conn: &mut PgConnection, after: ProjectId) -> QueryResult<Vec<ProjectId>> {
    let query = "SELECT id FROM projects p WHERE status = 'OPEN' AND deadline > clock_timestamp() AND deadline <= clock_timestamp() + $1 \
        AND NOT EXISTS (SELECT FROM project_reminders r WHERE r.project_id = p.id AND r.kind = 'DEADLINE_NEAR' AND r.deadline = p.deadline) \
        AND id > $2 ORDER BY id LIMIT $3";
    due(conn, query, TimeDelta::hours(NEAR_HOURS), after)
}

/// Projects behind a number that will be closed soon, and nobody was told of it.
pub fn due_to_warn(conn: &mut PgConnection, rule: ClosesAfter, after: ProjectId) -> QueryResult<Vec<ProjectId>> {
    let query = "SELECT id FROM projects p WHERE status = 'OPEN' AND deadline <= clock_timestamp() - $1 \
        AND NOT EXISTS (SELECT FROM project_reminders r WHERE r.project_id = p.id AND r.kind = 'CLOSING_AHEAD' AND r.deadline = p.deadline) \
        AND id > $2 ORDER BY id LIMIT $3";
    due(conn, query, rule.span() - rule.warning(), after)
}

/// Projects behind a number that were warned about and whose time is over.
pub fn due_to_close(conn: &mut PgConnection, rule: ClosesAfter, after: ProjectId) -> QueryResult<Vec<ProjectId>> {
    let query = "SELECT id FROM projects p WHERE status = 'OPEN' AND deadline <= clock_timestamp() - $1 \
        AND EXISTS (SELECT FROM project_reminders r WHERE r.project_id = p.id AND r.kind = 'CLOSING_AHEAD' AND r.deadline = p.deadline) \
        AND id > $2 ORDER BY id LIMIT $3";
    due(conn, query, rule.span(), after)
}

/// Keeps that people are told of a project's deadline as it is now. Answers whether they were not told before.
pub fn write_reminded(tx: &mut Tx<'_>, project: &Locked<Project>, kind: EventKind) -> QueryResult<bool> {
    let wrote = diesel::insert_into(project_reminders::table)
        .values((
            project_reminders::project_id.eq(project.id.0),
            project_reminders::kind.eq(kind),
            project_reminders::deadline.eq(project.deadline),
            project_reminders::told_at.eq(project.at),
        ))
        .on_conflict_do_nothing()
        .execute(&mut **tx)?;
    Ok(wrote == 1)
}

/// When people were told that the project will be closed, about the deadline that it has now.
pub fn warned_at(tx: &mut Tx<'_>, project: &Locked<Project>) -> QueryResult<Option<DateTime<Utc>>> {
    project_reminders::table
        .find((project.id.0, EventKind::ClosingAhead.as_str(), project.deadline))
        .select(project_reminders::told_at)
        .first(&mut **tx)
        .optional()
}
