//! Ending a contract before it is done.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, notices, transaction};
use crate::domain::contract::{ContractRefused, ContractStatus, Ending};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::notice::NoticeKind;
use crate::operations::{once, party, refused};

/// Ends a contract early, for either side and under its lock: what was not delivered is cancelled, and its project can be
/// opened again.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn terminate_contract(conn: &mut Connection<'_>, by: UserId, id: ContractId, ending: &Ending) -> Result<(), Failure<ContractRefused>> {
    let project = contracts::project_of(conn, id)?.ok_or(Failure::Refused(ContractRefused::Missing))?;
    let attempt = Attempt { by, act: "terminate_contract", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| terminate(tx, by, id, ending))))
}

fn terminate(tx: &mut Tx<'_>, by: UserId, id: ContractId, ending: &Ending) -> Result<(), Failure<ContractRefused>> {
    let (mut contract, party) = party::<ContractRefused>(tx, id, by)?;
    contract.may_terminate(&party).map_err(Failure::Refused)?;
    let cancelled = contracts::write_terminated(tx, &contract, &party, ending)?;
    contracts::write_taken_back(tx, &contract, by)?;
    let what = Happening::by(by, EventKind::ContractTerminated)
        .moved(Some(contract.status.as_str()), ContractStatus::Terminated.as_str())
        .facts(json!({ "fault": ending.fault, "reason": contract.words_hash(&[ending.reason.as_str()]), "cancelled": cancelled }));
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::ContractMoved, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
