//! Reading sessions.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Interval};

use crate::db::portion::Portion;
use crate::db::prepared::statement;
use crate::domain::ids::{ContractId, UserId, WorkLogId};
use crate::domain::work::{Near, Timesheet, WorkLog};
use crate::schema::{contracts, projects, work_logs};

/// So many are looked at in one go.
const MOST: i64 = 500;

/// A session with what it is about.
#[derive(Debug, Clone, Queryable)]
pub struct Session {
    /// The session.
    pub log: WorkLog,
    /// The project's title.
    pub title: String,
}

/// A session by its number.
pub fn find(conn: &mut PgConnection, id: WorkLogId) -> QueryResult<Option<WorkLog>> {
    work_logs::table.find(id.0).select(WorkLog::as_select()).first(conn).optional()
}

/// Several, by their numbers.
pub fn find_all(conn: &mut PgConnection, ids: &[WorkLogId]) -> QueryResult<Vec<WorkLog>> {
    work_logs::table.filter(work_logs::id.eq_any(ids)).order(work_logs::id).select(WorkLog::as_select()).load(conn)
}

/// The contract of a session; a session never changes it.
pub fn contract_of(conn: &mut PgConnection, id: WorkLogId) -> QueryResult<Option<ContractId>> {
    work_logs::table.find(id.0).select(work_logs::contract_id).first(conn).optional()
}

/// All of a week, those that were deleted among them, by their beginning.
pub fn in_week(conn: &mut PgConnection, sheet: &Timesheet) -> QueryResult<Vec<WorkLog>> {
    // by the freelancer and the time, for which there is an index
    work_logs::table
        .filter(work_logs::freelancer_id.eq(sheet.freelancer_id.0))
        .filter(work_logs::started_at.ge(sheet.starts_at))
        .filter(work_logs::started_at.lt(sheet.ends_at))
        .filter(work_logs::timesheet_id.eq(sheet.id.0))
        .order((work_logs::started_at, work_logs::id))
        .select(WorkLog::as_select())
        .load(conn)
}

/// A portion of the time worked on a contract by its beginning, without what was deleted, of that which began behind a second;
/// and whether there is more.
pub fn of_contract(
    conn: &mut PgConnection,
    contract: ContractId,
    freelancer: UserId,
    after: Option<i64>,
    portion: Portion,
) -> QueryResult<(Vec<WorkLog>, bool)> {
    let after = after.and_then(|second| DateTime::from_timestamp(second, 0)).unwrap_or(DateTime::UNIX_EPOCH);
    let rows = work_logs::table
        .filter(work_logs::freelancer_id.eq(freelancer.0))
        .filter(work_logs::started_at.gt(after))
        .filter(work_logs::contract_id.eq(contract.0))
        .filter(work_logs::deleted_at.is_null())
        .order(work_logs::started_at)
        .limit(portion.read())
        .select(WorkLog::as_select());
    Ok(portion.cut(rows.load(conn)?))
}

/// The timer that runs on a contract.
pub fn running(conn: &mut PgConnection, contract: ContractId, freelancer: UserId) -> QueryResult<Option<WorkLog>> {
    Ok(running_of(conn, freelancer)?.map(|session| session.log).filter(|log| log.contract_id == contract))
}

/// The one timer that a freelancer has running, on whichever contract.
pub fn running_of(conn: &mut PgConnection, freelancer: UserId) -> QueryResult<Option<Session>> {
    work_logs::table
        .inner_join(contracts::table.on(contracts::id.eq(work_logs::contract_id)))
        .inner_join(projects::table.on(projects::id.eq(contracts::project_id)))
        .filter(work_logs::freelancer_id.eq(freelancer.0))
        .filter(work_logs::ended_at.is_null())
        .filter(work_logs::deleted_at.is_null())
        .select((WorkLog::as_select(), projects::title))
        .first(conn)
        .optional()
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: WorkLogId,
}

/// Timers behind a number that have run for so long. What is read here refuses, never grants.
pub fn forgotten(conn: &mut PgConnection, after: TimeDelta, behind: WorkLogId) -> QueryResult<Vec<WorkLogId>> {
    let query = "SELECT id FROM work_logs WHERE ended_at IS NULL AND deleted_at IS NULL AND started_at <= clock_timestamp() - $1 AND id > $2 \
        ORDER BY id LIMIT $3";
    let query = statement(query).bind::<Interval, _>(after).bind::<BigInt, _>(behind).bind::<BigInt, _>(MOST);
    Ok(query.load::<Id>(conn)?.into_iter().map(|row| row.id).collect())
}

/// A freelancer's own sessions that lie, all or in part, between two moments: what stands in the way of another.
pub fn taken(conn: &mut PgConnection, freelancer: UserId, from: DateTime<Utc>, to: Option<DateTime<Utc>>) -> QueryResult<Vec<Near>> {
    let query = work_logs::table
        .filter(work_logs::freelancer_id.eq(freelancer.0))
        .filter(work_logs::deleted_at.is_null())
        .filter(work_logs::started_at.gt(from - TimeDelta::hours(24)).or(work_logs::ended_at.is_null()))
        .filter(work_logs::started_at.lt(to.unwrap_or(DateTime::<Utc>::MAX_UTC.min(from + TimeDelta::days(2)))))
        .filter(work_logs::ended_at.is_null().or(work_logs::ended_at.gt(from)))
        .order(work_logs::started_at)
        .limit(MOST);
    let rows: Vec<WorkLog> = query.select(WorkLog::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|log| Near { id: log.id, contract: log.contract_id, from: log.started_at, to: log.ended_at }).collect())
}
