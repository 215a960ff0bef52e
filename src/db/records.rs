//! What freelancers have done in this marketplace, counted in one statement.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use crate::domain::contract::ContractStatus;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::proposal::ProposalStatus;
use crate::domain::record::Record;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    freelancer: UserId,
    #[diesel(sql_type = Text)]
    proposals: ProposalStatus,
    #[diesel(sql_type = Nullable<Text>)]
    contracts: Option<ContractStatus>,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// A proposal has one contract at most. A decline in an open project is nobody's to know but the client's.
const COUNT: &str = "SELECT b.freelancer_id AS freelancer, \
        CASE WHEN b.declined_at IS NOT NULL AND p.status = 'OPEN' THEN 'PENDING' ELSE b.status END AS proposals, \
        c.status AS contracts, count(*) AS number \
     FROM proposals b JOIN projects p ON p.id = b.project_id LEFT JOIN contracts c ON c.proposal_id = b.id WHERE ";

/// The record of one freelancer.
pub fn of(conn: &mut PgConnection, freelancer: UserId) -> QueryResult<Record> {
    let query = format!("{COUNT} b.freelancer_id = $1 GROUP BY 1, 2, 3");
    Ok(counted(diesel::sql_query(query).bind::<BigInt, _>(freelancer).load(conn)?).remove(&freelancer).unwrap_or_default())
}

/// The records of all who sent a proposal to a project, without what waits or was taken back: whoever is busy has many of
/// those. The project of a proposal is looked up only where a decline may still be the client's own secret.
pub fn of_bidders(conn: &mut PgConnection, project: ProjectId) -> QueryResult<HashMap<UserId, Record>> {
    let query = "SELECT b.freelancer_id AS freelancer, b.status AS proposals, c.status AS contracts, count(*) AS number \
        FROM proposals b LEFT JOIN contracts c ON c.proposal_id = b.id AND b.status IN ('ACCEPTED', 'REVOKED') \
        WHERE b.freelancer_id IN (SELECT freelancer_id FROM proposals WHERE project_id = $1) \
            AND b.status IN ('ACCEPTED', 'REJECTED', 'REVOKED') \
            AND CASE WHEN b.declined_at IS NULL THEN true \
                ELSE (SELECT p.status <> 'OPEN' FROM projects p WHERE p.id = b.project_id) END \
        GROUP BY 1, 2, 3";
    Ok(counted(diesel::sql_query(query).bind::<BigInt, _>(project).load(conn)?))
}

fn counted(rows: Vec<Counted>) -> HashMap<UserId, Record> {
    let mut records: HashMap<UserId, Record> = HashMap::new();
    for row in rows {
        records.entry(row.freelancer).or_default().count(row.proposals, row.contracts, row.number);
    }
    records
}
