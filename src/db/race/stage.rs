//! What only time can do, for what the lab has made: past every trigger, which a superuser may.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool};

use crate::domain::ids::{ContractId, ProjectId, UserId};

/// So long ago that no house waits any longer: the longest that can be set is ten years.
const DAYS: i32 = 3660;

/// Whether this connection may do any of it.
pub fn may_let_pass(conn: &mut PgConnection) -> QueryResult<bool> {
    let query = "rolsuper FROM pg_roles WHERE rolname = current_user";
    diesel::select(diesel::dsl::sql::<Bool>(query)).get_result(conn)
}

/// A project's deadline passed long ago, and its people were warned of its closing a week ago, if they were warned at all.
pub fn let_pass(conn: &mut PgConnection, project: ProjectId) -> QueryResult<()> {
    let deadline = format!("date_trunc('second', now() - interval '{DAYS} days')");
    past_triggers(
        conn,
        &format!(
            "UPDATE projects SET deadline = {deadline}, published_at = {deadline} - interval '30 days' WHERE id = {project} AND deadline > now(); \
             UPDATE project_reminders SET told_at = told_at - interval '8 days' WHERE project_id = {project}"
        ),
    )
}

/// A contract began so many days ago.
pub fn let_contract_run(conn: &mut PgConnection, contract: ContractId, days: usize) -> QueryResult<()> {
    past_triggers(conn, &format!("UPDATE contracts SET accepted_at = accepted_at - interval '{days} days' WHERE id = {contract}"))
}

/// Takes the house's keys back from those who had them for the race.
pub fn retire(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<()> {
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    diesel::sql_query("UPDATE users SET is_admin = false WHERE id = ANY ($1)").bind::<Array<BigInt>, _>(ids).execute(conn).map(drop)
}

fn past_triggers(conn: &mut PgConnection, statements: &str) -> QueryResult<()> {
    conn.batch_execute(&format!("SET session_replication_role = replica; {statements}; SET session_replication_role = origin"))
}
