//! Putting a contract's milestones in another order, in one step.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, milestones, transaction};
use crate::domain::contract::ContractRefused;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, MilestoneId, UserId};
use crate::operations::{once, party, refused};

/// Writes another order of all of a contract's milestones, under the contract's lock. Nobody is told: nothing is due.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn reorder_milestones(
    conn: &mut Connection<'_>,
    by: UserId,
    contract: ContractId,
    order: &[MilestoneId],
) -> Result<(), Failure<ContractRefused>> {
    let project = contracts::project_of(conn, contract)?.ok_or(Failure::Refused(ContractRefused::Missing))?;
    let attempt = Attempt { by, act: "reorder_milestones", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| reorder(tx, by, contract, order))))
}

fn reorder(tx: &mut Tx<'_>, by: UserId, id: ContractId, order: &[MilestoneId]) -> Result<(), Failure<ContractRefused>> {
    let (mut contract, party) = party::<ContractRefused>(tx, id, by)?;
    let all = milestones::of_contract(tx, id)?;
    contract.may_reorder(&party, order, &all).map_err(Failure::Refused)?;
    milestones::write_order(tx, &contract, order)?;
    events::append(tx, &mut contract, Happening::by(by, EventKind::MilestonesReordered).facts(json!({ "order": order })))?;
    Ok(())
}
