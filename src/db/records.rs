//! What a freelancer has done in this marketplace, counted in one statement.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::prepared::statement;
use crate::domain::contract::{ContractStatus, EndedBy};
use crate::domain::ids::UserId;
use crate::domain::proposal::ProposalStatus;
use crate::domain::record::Record;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Text)]
    proposals: ProposalStatus,
    #[diesel(sql_type = Nullable<Text>)]
    contracts: Option<ContractStatus>,
    #[diesel(sql_type = Nullable<Text>)]
    ended_by: Option<EndedBy>,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The record of one freelancer. A proposal has one contract at most. A decline in an open project is nobody's to know but
/// the client's.
pub fn of(conn: &mut PgConnection, freelancer: UserId) -> QueryResult<Record> {
    let query = "SELECT CASE WHEN b.declined_at IS NOT NULL AND p.status = 'OPEN' THEN 'PENDING' ELSE b.status END AS proposals, \
            c.status AS contracts, c.ended_by, count(*) AS number \
        FROM proposals b JOIN projects p ON p.id = b.project_id LEFT JOIN contracts c ON c.proposal_id = b.id \
        WHERE b.freelancer_id = $1 GROUP BY 1, 2, 3";
    Ok(counted(statement(query).bind::<BigInt, _>(freelancer).load(conn)?))
}

fn counted(rows: Vec<Counted>) -> Record {
    let mut record = Record::default();
    for row in rows {
        record.count(row.proposals, row.contracts.map(|status| (status, row.ended_by)), row.number);
    }
    record
}
