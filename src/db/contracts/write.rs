//! Writing what becomes of a contract: each writer names the move, states what it moves from, and counts its rows.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};

use crate::db::failure::count;
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::contract::{Contract, ContractStatus, EndedBy, Ending, Party, Side};
use crate::schema::{contract_endings, contracts};

/// The row, guarded by the state that the decision was made in.
type InState = diesel::dsl::Filter<diesel::dsl::Find<contracts::table, i64>, diesel::dsl::Eq<contracts::status, ContractStatus>>;

fn in_state(contract: &Locked<Contract>) -> InState {
    contracts::table.find(contract.id.0).filter(contracts::status.eq(contract.status))
}

/// ACTIVE → PAUSED, by one side.
pub fn write_paused(tx: &mut Tx<'_>, contract: &Locked<Contract>, by: &Party) -> Result<(), Fault> {
    let paused = contracts::paused_by.eq(Some(by.side));
    let wrote = diesel::update(in_state(contract))
        .set((contracts::status.eq(ContractStatus::Paused), paused, contracts::updated_at.eq(contract.at)))
        .execute(&mut **tx)?;
    count("contracts paused", 1, wrote)
}

/// PAUSED → ACTIVE.
pub fn write_resumed(tx: &mut Tx<'_>, contract: &Locked<Contract>) -> Result<(), Fault> {
    let resumed = contracts::paused_by.eq(None::<Side>);
    let wrote = diesel::update(in_state(contract))
        .set((contracts::status.eq(ContractStatus::Active), resumed, contracts::updated_at.eq(contract.at)))
        .execute(&mut **tx)?;
    count("contracts resumed", 1, wrote)
}

/// ACTIVE → COMPLETED.
pub fn write_completed(tx: &mut Tx<'_>, contract: &Locked<Contract>, by: &Party) -> Result<(), Fault> {
    let wrote = diesel::update(in_state(contract))
        .set((contracts::status.eq(ContractStatus::Completed), contracts::updated_at.eq(contract.at)))
        .execute(&mut **tx)?;
    count("contracts completed", 1, wrote)?;
    write_ending(tx, contract, by, None)
}

/// ACTIVE or PAUSED → TERMINATED. What was not delivered is cancelled with it; what waits for an answer can still get one.
/// Answers how many milestones that were.
pub fn write_terminated(tx: &mut Tx<'_>, contract: &Locked<Contract>, by: &Party, ending: &Ending) -> Result<usize, Fault> {
    let ended = (contracts::ended_by.eq(Some(EndedBy::from(by.side))), contracts::paused_by.eq(None::<Side>));
    let wrote = diesel::update(in_state(contract))
        .set((contracts::status.eq(ContractStatus::Terminated), ended, contracts::updated_at.eq(contract.at)))
        .execute(&mut **tx)?;
    count("contracts ended early", 1, wrote)?;
    write_ending(tx, contract, by, Some(ending))?;
    let cancelled = statement(
        "UPDATE milestones SET status = 'CANCELLED', moved_at = $2 WHERE contract_id = $1 AND status IN ('PLANNED', 'CHANGES_REQUESTED')",
    )
    .bind::<BigInt, _>(contract.id)
    .bind::<Timestamptz, _>(contract.at)
    .execute(&mut **tx)?;
    Ok(cancelled)
}

fn write_ending(tx: &mut Tx<'_>, contract: &Locked<Contract>, by: &Party, early: Option<&Ending>) -> Result<(), Fault> {
    let why = (
        contract_endings::fault.eq(early.map(|ending| ending.fault)),
        contract_endings::reason.eq(early.map(|ending| ending.reason.as_str())),
    );
    let wrote = diesel::insert_into(contract_endings::table)
        .values((
            contract_endings::contract_id.eq(contract.id.0),
            contract_endings::ended_by.eq(by.user.0),
            contract_endings::ended_at.eq(contract.at),
            why,
        ))
        .execute(&mut **tx)?;
    count("endings written", 1, wrote)
}
