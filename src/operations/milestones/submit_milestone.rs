//! Delivering a milestone.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, files, milestones, notices, transaction};
use crate::domain::contract::ContractRefused;
use crate::domain::event::{EventKind, Happening};
use crate::domain::file::On;
use crate::domain::ids::{ContractId, FileId, MilestoneId, SubmissionId, UserId};
use crate::domain::milestone::MilestoneStatus;
use crate::domain::notice::NoticeKind;
use crate::domain::words::SubmissionWords;
use crate::operations::{Outcome, contract_of, once, party_to, refused};

/// What is delivered.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The words.
    pub words: SubmissionWords,
    /// Files of the freelancer's that wait.
    pub files: Vec<FileId>,
}

impl From<SubmissionWords> for Delivery {
    fn from(words: SubmissionWords) -> Self {
        Self { words, files: Vec::new() }
    }
}

impl Outcome for SubmissionId {
    fn kept(&self) -> (i64, bool) {
        (self.0, true)
    }
    fn again(made: i64, _: bool) -> Self {
        Self(made)
    }
}

/// Submits a milestone with words, under its contract’s lock; a delivery that waits is taken back for it. `seen` is the number of the
/// last delivery that the person knew of. Its files are added in the same transaction. Answers the delivery’s id.
///
/// # Errors
/// [`ContractRefused`], recorded; or whatever broke, with nothing written.
pub fn submit_milestone(
    conn: &mut Connection<'_>,
    by: UserId,
    id: MilestoneId,
    seen: Option<i32>,
    what: &Delivery,
) -> Result<SubmissionId, Failure<ContractRefused>> {
    let (contract, project) = contract_of(conn, id)?;
    let attempt = Attempt { by, act: "submit_milestone", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| submit(tx, by, contract, id, seen, what))))
}

fn submit(
    tx: &mut Tx<'_>,
    by: UserId,
    contract: ContractId,
    id: MilestoneId,
    seen: Option<i32>,
    what: &Delivery,
) -> Result<SubmissionId, Failure<ContractRefused>> {
    let (mut contract, party, milestone) = party_to(tx, contract, id, by)?;
    contract.may_submit(&party, &milestone, seen).map_err(Failure::Refused)?;
    let submission = milestones::write_submitted(tx, &contract, &milestone, &party, &what.words)?;
    if !what.files.is_empty() && !files::write_added(tx, by, &what.files, On::Delivery(submission))? {
        return Err(Failure::Refused(ContractRefused::FileGone));
    }
    let hash = contract.words_hash(&[what.words.as_str()]);
    let mut facts = json!({ "milestone": id, "submission": milestone.submission_count + 1, "words": hash });
    if let Some(facts) = facts.as_object_mut().filter(|_| !what.files.is_empty()) {
        facts.insert("files".to_owned(), json!(what.files));
    }
    let happened = Happening::by(by, EventKind::MilestoneSubmitted)
        .moved(Some(milestone.status.as_str()), MilestoneStatus::Submitted.as_str())
        .facts(facts);
    events::append(tx, &mut contract, happened)?;
    let notice = contract.notice(NoticeKind::WorkDelivered, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(submission)
}
