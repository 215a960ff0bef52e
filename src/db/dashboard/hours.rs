//! Weeks of work that wait for a person, and what they have worked themselves this week.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Text, Timestamptz};

use crate::db::prepared::statement;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::work::SheetState;

/// A week that was sent to a client for which the person decides, or came back to them with a question.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct WaitingWeek {
    #[diesel(sql_type = BigInt)]
    pub contract: ContractId,
    #[diesel(sql_type = Date)]
    pub week: NaiveDate,
    #[diesel(sql_type = Text)]
    pub state: SheetState,
    #[diesel(sql_type = Integer)]
    pub minutes: i32,
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub organisation: String,
    #[diesel(sql_type = Text)]
    pub freelancer: String,
}

/// Those weeks, the one that has waited longest first.
pub fn waiting(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<WaitingWeek>> {
    let query = "SELECT t.contract_id AS contract, t.week, t.state, coalesce(t.minutes, 0) AS minutes, \
            coalesce(t.decided_at, t.submitted_at) AS since, p.title, o.name AS organisation, u.name AS freelancer \
         FROM (SELECT t.id FROM memberships m JOIN contracts c ON c.organisation_id = m.organisation_id \
                JOIN timesheets t ON t.contract_id = c.id AND t.state = 'SUBMITTED' WHERE m.user_id = $1 AND m.role IN ('OWNER', 'MANAGER') \
            UNION SELECT t.id FROM contracts c JOIN timesheets t ON t.contract_id = c.id AND t.state = 'QUERIED' WHERE c.freelancer_id = $1) AS mine \
         JOIN timesheets t ON t.id = mine.id JOIN contracts c ON c.id = t.contract_id JOIN projects p ON p.id = c.project_id \
         JOIN organisations o ON o.id = c.organisation_id JOIN users u ON u.id = c.freelancer_id ORDER BY since, t.id LIMIT 30";
    statement(query).bind::<BigInt, _>(user).load(conn)
}

/// What a freelancer has worked since Monday, in their own zone.
#[derive(Debug, Clone, Copy, Default, QueryableByName)]
pub struct ThisWeek {
    /// How much, without what runs.
    #[diesel(sql_type = BigInt)]
    pub minutes: i64,
    /// Whether a timer runs.
    #[diesel(sql_type = Bool)]
    pub runs: bool,
}

/// Reads it.
pub fn this_week(conn: &mut PgConnection, user: UserId) -> QueryResult<ThisWeek> {
    let query = "SELECT coalesce(sum(extract(epoch FROM l.ended_at - l.started_at)), 0)::bigint / 60 AS minutes, \
            coalesce(bool_or(l.ended_at IS NULL), false) AS runs FROM work_logs l WHERE l.freelancer_id = $1 AND l.deleted_at IS NULL \
         AND l.started_at >= (SELECT date_trunc('week', now() AT TIME ZONE time_zone) AT TIME ZONE time_zone FROM users WHERE id = $1)";
    statement(query).bind::<BigInt, _>(user).get_result(conn)
}
