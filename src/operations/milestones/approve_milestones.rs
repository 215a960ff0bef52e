//! Approving what was delivered: one milestone or many, in one step.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, milestones, notices, transaction};
use crate::domain::contract::ContractRefused;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::milestone::{Judged, MilestoneStatus};
use crate::domain::notice::NoticeKind;
use crate::operations::{once, party, refused};

/// Approves milestones of one contract, each by the delivery that was read, under the contract's lock: all of them, in
/// the order of their ids, or none.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn approve_milestones(
    conn: &mut Connection<'_>,
    by: UserId,
    contract: ContractId,
    judged: &[Judged],
) -> Result<(), Failure<ContractRefused>> {
    let project = contracts::project_of(conn, contract)?.ok_or(Failure::Refused(ContractRefused::Missing))?;
    let attempt = Attempt { by, act: "approve_milestones", project: Some(project), proposal: None };
    let mut judged = judged.to_vec();
    judged.sort_unstable();
    judged.dedup();
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| approve(tx, by, contract, &judged))))
}

fn approve(tx: &mut Tx<'_>, by: UserId, id: ContractId, judged: &[Judged]) -> Result<(), Failure<ContractRefused>> {
    let (mut contract, party) = party::<ContractRefused>(tx, id, by)?;
    let ids: Vec<_> = judged.iter().map(|one| one.id).collect();
    let found = milestones::some(tx, id, &ids)?;
    contract.may_approve(&party, judged, &found).map_err(Failure::Refused)?;
    milestones::write_approved(tx, &contract, &found, &party)?;
    let each: Vec<_> = judged.iter().map(|one| json!({ "milestone": one.id, "submission": one.submission })).collect();
    let what = Happening::by(by, EventKind::MilestonesApproved)
        .moved(Some(MilestoneStatus::Submitted.as_str()), MilestoneStatus::Approved.as_str())
        .facts(json!({ "milestones": each }));
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::WorkJudged, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
