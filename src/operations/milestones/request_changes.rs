//! Asking for changes to a delivery.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, milestones, notices, transaction};
use crate::domain::contract::ContractRefused;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, MilestoneId, UserId};
use crate::domain::milestone::MilestoneStatus;
use crate::domain::notice::NoticeKind;
use crate::domain::words::Reason;
use crate::operations::{contract_of, once, party_to, refused};

/// Asks for changes to the delivery that was read, under its contract’s lock.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn request_changes(
    conn: &mut Connection<'_>,
    by: UserId,
    id: MilestoneId,
    seen: Option<i32>,
    reason: &Reason,
) -> Result<(), Failure<ContractRefused>> {
    let (contract, project) = contract_of(conn, id)?;
    let attempt = Attempt { by, act: "request_changes", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| request(tx, by, contract, id, seen, reason))))
}

fn request(
    tx: &mut Tx<'_>,
    by: UserId,
    contract: ContractId,
    id: MilestoneId,
    seen: Option<i32>,
    reason: &Reason,
) -> Result<(), Failure<ContractRefused>> {
    let (mut contract, party, milestone) = party_to(tx, contract, id, by)?;
    contract.may_request_changes(&party, &milestone, seen).map_err(Failure::Refused)?;
    milestones::write_requested(tx, &contract, &milestone, &party, reason)?;
    let what = Happening::by(by, EventKind::ChangesRequested)
        .moved(Some(milestone.status.as_str()), MilestoneStatus::ChangesRequested.as_str())
        .facts(json!({ "milestone": id, "submission": milestone.submission_count, "reason": contract.words_hash(&[reason.as_str()]) }));
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::WorkJudged, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
