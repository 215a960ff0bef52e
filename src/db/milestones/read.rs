//! Milestones, read. Whether the reader may know of them is the caller's to ask.

use diesel::prelude::*;

use crate::domain::ids::{ContractId, MilestoneId};
use crate::domain::milestone::{Milestone, Submission};
use crate::schema::{milestones, submissions};

/// Of which contract a milestone is.
pub fn contract_of(conn: &mut PgConnection, id: MilestoneId) -> QueryResult<Option<ContractId>> {
    let contract: Option<i64> = milestones::table.find(id.0).select(milestones::contract_id).first(conn).optional()?;
    Ok(contract.map(ContractId))
}

/// A milestone by its id.
pub fn find(conn: &mut PgConnection, id: MilestoneId) -> QueryResult<Option<Milestone>> {
    milestones::table.find(id.0).select(Milestone::as_select()).first(conn).optional()
}

/// A contract's milestones, in their order.
pub fn of_contract(conn: &mut PgConnection, contract: ContractId) -> QueryResult<Vec<Milestone>> {
    let all = milestones::table.filter(milestones::contract_id.eq(contract.0));
    all.order(milestones::place).limit(500).select(Milestone::as_select()).load(conn)
}

/// Of these milestones, those that are this contract's, by id.
pub fn some(conn: &mut PgConnection, contract: ContractId, ids: &[MilestoneId]) -> QueryResult<Vec<Milestone>> {
    let all = milestones::table.filter(milestones::contract_id.eq(contract.0));
    let ids = ids.iter().map(|id| id.0);
    all.filter(milestones::id.eq_any(ids)).order(milestones::id).select(Milestone::as_select()).load(conn)
}

/// What was delivered for a milestone, newest first.
pub fn submissions(conn: &mut PgConnection, id: MilestoneId) -> QueryResult<Vec<Submission>> {
    let all = submissions::table.filter(submissions::milestone_id.eq(id.0));
    all.order(submissions::number.desc()).limit(100).select(Submission::as_select()).load(conn)
}
