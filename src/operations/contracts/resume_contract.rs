//! Going on with a contract that rests.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, notices, transaction};
use crate::domain::contract::{ContractRefused, ContractStatus};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::notice::NoticeKind;
use crate::operations::{once, party, refused};

/// Resumes a contract, under its lock.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn resume_contract(conn: &mut Connection<'_>, by: UserId, id: ContractId) -> Result<(), Failure<ContractRefused>> {
    let project = contracts::project_of(conn, id)?.ok_or(Failure::Refused(ContractRefused::Missing))?;
    let attempt = Attempt { by, act: "resume_contract", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| resume(tx, by, id))))
}

fn resume(tx: &mut Tx<'_>, by: UserId, id: ContractId) -> Result<(), Failure<ContractRefused>> {
    let (mut contract, party) = party::<ContractRefused>(tx, id, by)?;
    contract.may_resume(&party).map_err(Failure::Refused)?;
    contracts::write_resumed(tx, &contract)?;
    let what = Happening::by(by, EventKind::ContractResumed).moved(Some(contract.status.as_str()), ContractStatus::Active.as_str());
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::ContractMoved, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
