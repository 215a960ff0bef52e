//! Letting the work on a contract rest.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, notices, transaction};
use crate::domain::contract::{ContractRefused, ContractStatus};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::notice::NoticeKind;
use crate::operations::{once, party, refused};

/// Pauses a contract, under its lock: no time is logged and nothing is submitted until the same side resumes it.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn pause_contract(conn: &mut Connection<'_>, by: UserId, id: ContractId) -> Result<(), Failure<ContractRefused>> {
    let project = contracts::project_of(conn, id)?.ok_or(Failure::Refused(ContractRefused::Missing))?;
    let attempt = Attempt { by, act: "pause_contract", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| pause(tx, by, id))))
}

fn pause(tx: &mut Tx<'_>, by: UserId, id: ContractId) -> Result<(), Failure<ContractRefused>> {
    let (mut contract, party) = party::<ContractRefused>(tx, id, by)?;
    contract.may_pause(&party).map_err(Failure::Refused)?;
    contracts::write_paused(tx, &contract, &party)?;
    let what = Happening::by(by, EventKind::ContractPaused).moved(Some(contract.status.as_str()), ContractStatus::Paused.as_str());
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::ContractMoved, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
