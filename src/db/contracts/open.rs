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
}

/// Everything that is open still of a contract: each sort is a column. Asked under the contract's lock, or to show it.
pub fn open_things(conn: &mut PgConnection, id: ContractId) -> QueryResult<OpenThings> {
    let query = "SELECT (SELECT count(*) FROM milestones WHERE contract_id = $1 AND status IN ('PLANNED', 'SUBMITTED', 'CHANGES_REQUESTED')) \
        AS milestones";
    let row: Row = statement(query).bind::<BigInt, _>(id).get_result(conn)?;
    Ok(OpenThings { milestones: row.milestones })
}
