//! Weeks of contracts: finding them, what was worked in them, and their moves.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use super::failure::count;
use super::prepared::statement;
use super::{Fault, Locked, Tx};
use crate::domain::contract::Contract;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::words::Reason;
use crate::domain::work::{Approval, Minutes, Query, SheetState, Submission, Timesheet, Week, Worked};
use crate::schema::{timesheets, users};

/// A week with the name of who queried or approved it.
#[derive(Debug, Clone, Queryable)]
pub struct Named {
    /// The week.
    pub sheet: Timesheet,
    /// Who decided.
    pub decided_by: Option<String>,
}

/// A contract's week, if it was begun.
pub fn find(conn: &mut PgConnection, contract: ContractId, week: Week) -> QueryResult<Option<Timesheet>> {
    let query = timesheets::table.filter(timesheets::contract_id.eq(contract.0)).filter(timesheets::week.eq(week.monday()));
    query.select(Timesheet::as_select()).first(conn).optional()
}

/// The same, with the name of who decided.
pub fn named(conn: &mut PgConnection, contract: ContractId, week: Week) -> QueryResult<Option<Named>> {
    timesheets::table
        .left_join(users::table)
        .filter(timesheets::contract_id.eq(contract.0))
        .filter(timesheets::week.eq(week.monday()))
        .select((Timesheet::as_select(), users::name.nullable()))
        .first(conn)
        .optional()
}

/// The last weeks of a contract, the latest first.
pub fn last_of(conn: &mut PgConnection, contract: ContractId, most: i64) -> QueryResult<Vec<Timesheet>> {
    let query = timesheets::table.filter(timesheets::contract_id.eq(contract.0)).order(timesheets::week.desc());
    query.limit(most).select(Timesheet::as_select()).load(conn)
}

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = BigInt)]
    minutes: i64,
    #[diesel(sql_type = Bool)]
    runs: bool,
}

/// What was worked in a week, read under its contract's lock.
pub fn worked(tx: &mut Tx<'_>, sheet: &Timesheet) -> QueryResult<Worked> {
    let sum: Sum = statement(
        "SELECT coalesce(sum(extract(epoch FROM ended_at - started_at)), 0)::bigint / 60 AS minutes, \
             coalesce(bool_or(ended_at IS NULL), false) AS runs FROM work_logs \
         WHERE freelancer_id = $1 AND started_at >= $2 AND started_at < $3 AND timesheet_id = $4 AND deleted_at IS NULL",
    )
    .bind::<BigInt, _>(sheet.freelancer_id)
    .bind::<Timestamptz, _>(sheet.starts_at)
    .bind::<Timestamptz, _>(sheet.ends_at)
    .bind::<BigInt, _>(sheet.id)
    .get_result(&mut **tx)?;
    Ok(Worked { minutes: Minutes(sum.minutes), runs: sum.runs })
}

/// What a move writes besides the state.
struct Moved<'m> {
    to: SheetState,
    minutes: Option<i32>,
    submitted_at: Option<DateTime<Utc>>,
    decided: Option<(UserId, DateTime<Utc>)>,
    reason: Option<&'m str>,
}

/// Sends a week. Answers its version.
///
/// # Errors
/// [`Fault::Miscounted`] if it is not as it was judged.
pub fn write_submitted(tx: &mut Tx<'_>, contract: &Locked<Contract>, sheet: &Timesheet, what: Submission) -> Result<i32, Fault> {
    let minutes = i32::try_from(what.minutes().0).ok();
    let moved = Moved { to: SheetState::Submitted, minutes, submitted_at: Some(contract.at), decided: None, reason: None };
    write(tx, sheet, &moved)
}

/// Approves a week. Answers its version.
///
/// # Errors
/// As [`write_submitted`].
pub fn write_approved(tx: &mut Tx<'_>, contract: &Locked<Contract>, sheet: &Timesheet, what: Approval) -> Result<i32, Fault> {
    write(tx, sheet, &decided(contract, sheet, SheetState::Approved, what.by(), None))
}

/// Gives a week back with a question. Answers its version.
///
/// # Errors
/// As [`write_submitted`].
pub fn write_queried(tx: &mut Tx<'_>, contract: &Locked<Contract>, sheet: &Timesheet, what: Query, why: &Reason) -> Result<i32, Fault> {
    write(tx, sheet, &decided(contract, sheet, SheetState::Queried, what.by(), Some(why.as_str())))
}

fn decided<'m>(contract: &Locked<Contract>, sheet: &Timesheet, to: SheetState, by: UserId, reason: Option<&'m str>) -> Moved<'m> {
    Moved { to, minutes: sheet.minutes, submitted_at: sheet.submitted_at, decided: Some((by, contract.at)), reason }
}

fn write(tx: &mut Tx<'_>, sheet: &Timesheet, moved: &Moved<'_>) -> Result<i32, Fault> {
    let version = sheet.version + 1;
    let wrote = statement(
        "UPDATE timesheets SET state = $4, version = $5, minutes = $6, submitted_at = $7, decided_by = $8, decided_at = $9, query_reason = $10 \
         WHERE id = $1 AND state = $2 AND version = $3",
    )
    .bind::<BigInt, _>(sheet.id)
    .bind::<Text, _>(sheet.state)
    .bind::<Integer, _>(sheet.version)
    .bind::<Text, _>(moved.to)
    .bind::<Integer, _>(version)
    .bind::<Nullable<Integer>, _>(moved.minutes)
    .bind::<Nullable<Timestamptz>, _>(moved.submitted_at)
    .bind::<Nullable<BigInt>, _>(moved.decided.map(|decided| decided.0))
    .bind::<Nullable<Timestamptz>, _>(moved.decided.map(|decided| decided.1))
    .bind::<Nullable<Text>, _>(moved.reason)
    .execute(&mut **tx)?;
    count("weeks moved", 1, wrote)?;
    Ok(version)
}

#[derive(QueryableByName)]
struct Clock {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    zone: String,
}

/// The time now, and where a contract's weeks are cut; before the first is begun, where it would be.
pub fn clock_of(conn: &mut PgConnection, contract: &Contract) -> QueryResult<(DateTime<Utc>, String)> {
    let clock: Clock = statement(
        "SELECT clock_timestamp() AS at, coalesce((SELECT zone FROM timesheets WHERE contract_id = $1 LIMIT 1), time_zone) AS zone \
         FROM users WHERE id = $2",
    )
    .bind::<BigInt, _>(contract.id)
    .bind::<BigInt, _>(contract.freelancer_id)
    .get_result(conn)?;
    Ok((clock.at, clock.zone))
}
