//! Taking a delivery back.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, milestones, notices, transaction};
use crate::domain::contract::ContractRefused;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, MilestoneId, UserId};
use crate::domain::milestone::MilestoneStatus;
use crate::domain::notice::NoticeKind;
use crate::operations::{contract_of, once, party_to, refused};

/// Takes back what was submitted for a milestone and has no answer yet, under its contract’s lock.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn withdraw_submission(conn: &mut Connection<'_>, by: UserId, id: MilestoneId) -> Result<(), Failure<ContractRefused>> {
    let (contract, project) = contract_of(conn, id)?;
    let attempt = Attempt { by, act: "withdraw_submission", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| withdraw(tx, by, contract, id))))
}

fn withdraw(tx: &mut Tx<'_>, by: UserId, contract: ContractId, id: MilestoneId) -> Result<(), Failure<ContractRefused>> {
    let (mut contract, party, milestone) = party_to(tx, contract, id, by)?;
    contract.may_take_back(&party, &milestone).map_err(Failure::Refused)?;
    milestones::write_taken_back(tx, &contract, &milestone, &party)?;
    let what = Happening::by(by, EventKind::MilestoneWithdrawn)
        .moved(Some(milestone.status.as_str()), MilestoneStatus::Planned.as_str())
        .facts(json!({ "milestone": id, "submission": milestone.submission_count }));
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::WorkDelivered, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
