//! What keeps a contract from being completed.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::db::prepared::statement;
use crate::domain::contract::OpenThings;
use crate::domain::ids::ContractId;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    milestones: i64,
    #[diesel(sql_type = BigInt)]
    timers: i64,
    #[diesel(sql_type = BigInt)]
    weeks: i64,
}

/// Everything that is open still of a contract: each sort is a column. Asked under the contract's lock, or to show it.
pub fn open_things(conn: &mut PgConnection, id: ContractId) -> QueryResult<OpenThings> {
    let query = "SELECT (SELECT count(*) FROM milestones WHERE contract_id = $1 AND status IN ('PLANNED', 'SUBMITTED', 'CHANGES_REQUESTED')) \
        AS milestones, \
        (SELECT count(*) FROM work_logs WHERE freelancer_id = (SELECT freelancer_id FROM contracts WHERE id = $1) \
            AND contract_id = $1 AND ended_at IS NULL AND deleted_at IS NULL) AS timers, \
        (SELECT count(*) FROM timesheets t WHERE contract_id = $1 AND state IN ('OPEN', 'SUBMITTED', 'QUERIED') \
            AND EXISTS (SELECT FROM work_logs w WHERE w.freelancer_id = t.freelancer_id AND w.started_at >= t.starts_at \
                AND w.started_at < t.ends_at AND w.timesheet_id = t.id AND w.deleted_at IS NULL)) AS weeks";
    let row: Row = statement(query).bind::<BigInt, _>(id).get_result(conn)?;
    Ok(OpenThings { milestones: row.milestones, timers: row.timers, weeks: row.weeks })
}
