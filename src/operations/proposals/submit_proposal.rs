//! Sending a proposal, and revising it: one per freelancer and project.

use serde_json::json;

use crate::db::proposals::Sender;
use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Fault, Locked, Tx, files, notices, projects, proposals, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::file::On;
use crate::domain::ids::{FileId, ProjectId, ProposalId, UserId};
use crate::domain::notice::{DECIDERS, Notice, NoticeKind};
use crate::domain::project::Project;
use crate::domain::proposal::{Proposal, ProposalContent, ProposalStatus, SubmitRefused};
use crate::operations::{Outcome, once, refused};

/// What a freelancer sends.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Where to.
    pub project: ProjectId,
    /// The words.
    pub content: ProposalContent,
    /// The version of their own proposal that the form showed; none where it was new, or does not say.
    pub version: Option<i32>,
    /// The project's scope that the form showed.
    pub scope_version: Option<i32>,
    /// The files that are to be on it, all of them; none where that stays as it is.
    pub files: Option<Vec<FileId>>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submitted {
    /// The freelancer's one proposal on this project.
    pub proposal: ProposalId,
    /// Whether it is the first; otherwise an earlier one was revised.
    pub new: bool,
}

impl Outcome for Submitted {
    fn kept(&self) -> (i64, bool) {
        (self.proposal.0, self.new)
    }
    fn again(made: i64, new: bool) -> Self {
        Self { proposal: ProposalId(made), new }
    }
}

/// Creates or revises the freelancer's proposal on a project, under the project's lock. Sending the same words again
/// changes nothing: a double click is no second version.
///
/// # Errors
/// [`SubmitRefused`], recorded; or whatever broke, with nothing written.
pub fn submit_proposal(conn: &mut Connection<'_>, by: UserId, submission: &Submission) -> Result<Submitted, Failure<SubmitRefused>> {
    let attempt = Attempt { by, act: "submit_proposal", project: Some(submission.project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| submit(tx, by, submission))))
}

fn submit(tx: &mut Tx<'_>, by: UserId, submission: &Submission) -> Result<Submitted, Failure<SubmitRefused>> {
    let Some(project) = projects::lock_for_submit(tx, submission.project)? else {
        return Err(Failure::Refused(SubmitRefused::Missing));
    };
    let Sender { mut project, submitter, own } = proposals::sender(tx, project, by)?;
    let change = FilesChange::of(tx, own.as_ref(), submission)?;
    // The form's version is one behind where the first click of two has been served already.
    let repeated = change.is_none() && own.as_ref().is_some_and(|own| own.is_already(&submission.content, project.scope_version));
    let seen = submission.version.filter(|_| !repeated);
    project.may_submit(submitter, own.as_ref(), seen, submission.scope_version, project.at).map_err(Failure::Refused)?;
    match own {
        Some(own) if repeated => Ok(Submitted { proposal: own.id, new: false }),
        Some(own) => revise(tx, &mut project, by, &own, submission, change.as_ref()),
        None => {
            let (proposal, salt) = proposals::write_submitted(tx, &project, by, &submission.content).map_err(has_left)?;
            change.map_or(Ok(()), |change| change.write(tx, by, proposal))?;
            let what = Happening::by(by, EventKind::ProposalSubmitted).moved(None, ProposalStatus::Pending.as_str());
            let what = what.proposal(proposal).facts(facts(&salt, 1, &project, submission));
            proposals::append(tx, &mut project, what, 1)?;
            let notice = Notice::members(NoticeKind::NewProposal, project.organisation_id, DECIDERS).about(proposal);
            notices::tell(tx, &project, by, &[notice])?;
            Ok(Submitted { proposal, new: true })
        }
    }
}

fn revise(
    tx: &mut Tx<'_>,
    project: &mut Locked<Project>,
    by: UserId,
    own: &Proposal,
    submission: &Submission,
    change: Option<&FilesChange>,
) -> Result<Submitted, Failure<SubmitRefused>> {
    proposals::write_revised(tx, project, own, &submission.content).map_err(has_left)?;
    change.map_or(Ok(()), |change| change.write(tx, by, own.id))?;
    let was_withdrawn = own.status == ProposalStatus::Withdrawn;
    let kind = if was_withdrawn { EventKind::ProposalSubmitted } else { EventKind::ProposalRevised };
    let what = Happening::by(by, kind).moved(Some(own.status_for_author(true).as_str()), ProposalStatus::Pending.as_str());
    let facts = facts(&own.salt, own.version + 1, project, submission);
    proposals::append(tx, project, what.proposal(own.id).facts(facts), i32::from(was_withdrawn))?;
    let notice = if was_withdrawn { NoticeKind::NewProposal } else { NoticeKind::ProposalChanged };
    notices::tell(tx, project, by, &[Notice::members(notice, project.organisation_id, DECIDERS).about(own.id)])?;
    Ok(Submitted { proposal: own.id, new: false })
}

/// What becomes of a proposal's files.
struct FilesChange {
    more: Vec<FileId>,
    gone: Vec<FileId>,
}

impl FilesChange {
    /// Nothing where they stay as they are.
    fn of(tx: &mut Tx<'_>, own: Option<&Proposal>, submission: &Submission) -> Result<Option<Self>, Failure<SubmitRefused>> {
        let Some(wanted) = &submission.files else { return Ok(None) };
        let there: Vec<FileId> = match own {
            Some(own) => files::of_proposal(tx, own.id)?.into_iter().map(|file| file.id).collect(),
            None => Vec::new(),
        };
        let missing = |from: &[FileId], of: &[FileId]| from.iter().copied().filter(|id| !of.contains(id)).collect::<Vec<_>>();
        let change = Self { more: missing(wanted, &there), gone: missing(&there, wanted) };
        Ok((!change.more.is_empty() || !change.gone.is_empty()).then_some(change))
    }

    fn write(&self, tx: &mut Tx<'_>, by: UserId, proposal: ProposalId) -> Result<(), Failure<SubmitRefused>> {
        if !self.gone.is_empty() {
            files::write_taken_off(tx, proposal, &self.gone)?;
        }
        let all_there = self.more.is_empty() || files::write_added(tx, by, &self.more, On::Proposal(proposal))?;
        if all_there { Ok(()) } else { Err(Failure::Refused(SubmitRefused::FileGone)) }
    }
}

fn facts(salt: &[u8], version: i32, project: &Project, submission: &Submission) -> serde_json::Value {
    let mut facts =
        json!({ "version": version, "scope_version": project.scope_version, "words": Proposal::words_hash(salt, &submission.content) });
    if let (Some(facts), Some(files)) = (facts.as_object_mut(), &submission.files) {
        facts.insert("files".to_owned(), json!(files));
    }
    facts
}

/// Whoever closed their account while this waited, or is kept out since, is no freelancer any more.
fn has_left(fault: Fault) -> Failure<SubmitRefused> {
    match fault.constraint() {
        Some("proposals_author_is_here" | "proposals_author_is_in") => Failure::Refused(SubmitRefused::NotAFreelancer),
        _ => Failure::Broken(fault),
    }
}
