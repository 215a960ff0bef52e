//! Completing a contract, and its project with it.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, notices, projects, transaction};
use crate::domain::contract::{ContractRefused, ContractStatus};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, ProjectId, UserId};
use crate::domain::notice::NoticeKind;
use crate::domain::project::ProjectStatus;
use crate::operations::{once, party, refused};

/// Completes a contract of which nothing is open, and its project: the project is locked first, then the contract.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn complete_contract(conn: &mut Connection<'_>, by: UserId, id: ContractId) -> Result<(), Failure<ContractRefused>> {
    let project = contracts::project_of(conn, id)?.ok_or(Failure::Refused(ContractRefused::Missing))?;
    let attempt = Attempt { by, act: "complete_contract", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| complete(tx, by, project, id))))
}

fn complete(tx: &mut Tx<'_>, by: UserId, project: ProjectId, id: ContractId) -> Result<(), Failure<ContractRefused>> {
    let mut project = projects::lock(tx, project)?.ok_or(Failure::Refused(ContractRefused::Missing))?;
    let (mut contract, party) = party::<ContractRefused>(tx, id, by)?;
    let open = contracts::open_things(tx, id)?;
    contract.may_complete(&party, open).map_err(Failure::Refused)?;
    contracts::write_completed(tx, &contract, &party)?;
    contracts::write_taken_back(tx, &contract, by)?;
    projects::write_completed(tx, &project)?;
    let what = Happening::by(by, EventKind::ProjectCompleted)
        .moved(Some(project.status.as_str()), ProjectStatus::Completed.as_str())
        .proposal(contract.proposal_id)
        .facts(json!({ "contract": id }));
    events::append(tx, &mut project, what)?;
    let what = Happening::by(by, EventKind::ContractCompleted).moved(Some(contract.status.as_str()), ContractStatus::Completed.as_str());
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::ContractMoved, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
