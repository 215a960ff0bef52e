//! Giving a milestone up.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, milestones, notices, transaction};
use crate::domain::contract::ContractRefused;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, MilestoneId, UserId};
use crate::domain::milestone::MilestoneStatus;
use crate::domain::notice::NoticeKind;
use crate::operations::{contract_of, once, party_to, refused};

/// Cancels a milestone, for who would have been paid for it, under its contract’s lock.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn cancel_milestone(conn: &mut Connection<'_>, by: UserId, id: MilestoneId) -> Result<(), Failure<ContractRefused>> {
    let (contract, project) = contract_of(conn, id)?;
    let attempt = Attempt { by, act: "cancel_milestone", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| cancel(tx, by, contract, id))))
}

fn cancel(tx: &mut Tx<'_>, by: UserId, contract: ContractId, id: MilestoneId) -> Result<(), Failure<ContractRefused>> {
    let (mut contract, party, milestone) = party_to(tx, contract, id, by)?;
    contract.may_cancel(&party, &milestone).map_err(Failure::Refused)?;
    milestones::write_cancelled(tx, &contract, &milestone, &party)?;
    let what = Happening::by(by, EventKind::MilestoneCancelled)
        .moved(Some(milestone.status.as_str()), MilestoneStatus::Cancelled.as_str())
        .facts(json!({ "milestone": id }));
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::WorkDelivered, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
