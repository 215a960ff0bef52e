//! Delivering a milestone.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, milestones, notices, transaction};
use crate::domain::contract::ContractRefused;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, MilestoneId, SubmissionId, UserId};
use crate::domain::milestone::MilestoneStatus;
use crate::domain::notice::NoticeKind;
use crate::domain::words::SubmissionWords;
use crate::operations::{Outcome, contract_of, once, party_to, refused};

impl Outcome for SubmissionId {
    fn kept(&self) -> (i64, bool) {
        (self.0, true)
    }
    fn again(made: i64, _: bool) -> Self {
        Self(made)
    }
}

/// Submits a milestone with words, under its contract’s lock; a delivery that waits is taken back for it. `seen` is the number of the
/// last delivery that the person knew of. Answers the delivery’s id, to which files may be hung in the same transaction.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn submit_milestone(
    conn: &mut Connection<'_>,
    by: UserId,
    id: MilestoneId,
    seen: Option<i32>,
    words: &SubmissionWords,
) -> Result<SubmissionId, Failure<ContractRefused>> {
    let (contract, project) = contract_of(conn, id)?;
    let attempt = Attempt { by, act: "submit_milestone", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| submit(tx, by, contract, id, seen, words))))
}

fn submit(
    tx: &mut Tx<'_>,
    by: UserId,
    contract: ContractId,
    id: MilestoneId,
    seen: Option<i32>,
    words: &SubmissionWords,
) -> Result<SubmissionId, Failure<ContractRefused>> {
    let (mut contract, party, milestone) = party_to(tx, contract, id, by)?;
    contract.may_submit(&party, &milestone, seen).map_err(Failure::Refused)?;
    let submission = milestones::write_submitted(tx, &contract, &milestone, &party, words)?;
    let what = Happening::by(by, EventKind::MilestoneSubmitted)
        .moved(Some(milestone.status.as_str()), MilestoneStatus::Submitted.as_str())
        .facts(json!({ "milestone": id, "submission": milestone.submission_count + 1, "words": contract.words_hash(&[words.as_str()]) }));
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::WorkDelivered, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(submission)
}
