//! What people do to a contract, and a contract to do it to.
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use guildhall::db::{Failure, contracts, milestones};
use guildhall::domain::contract::{Ending, Fault, PlannedPart, TermsAnswer, TermsContent};
use guildhall::domain::ids::{ContractId, MilestoneId, UserId};
use guildhall::domain::milestone::Judged;
use guildhall::domain::proposal::Milestone;
use guildhall::domain::words::{Reason, SubmissionWords, TermsWords};
use guildhall::operations::contracts::{
    answer_terms, complete_contract, pause_contract, propose_terms, resume_contract, terminate_contract,
};
use guildhall::operations::milestones::{
    approve_milestones, cancel_milestone, reorder_milestones, request_changes, submit_milestone, withdraw_submission,
};
use guildhall::operations::projects::reopen_project;
use guildhall::operations::proposals::{Submission, accept_proposal, submit_proposal};

use crate::support::given::{self, FIRST_SEEN, OpenProject, Organisation, Somebody, patient};

/// A contract of which three milestones are planned.
#[derive(Debug, Clone)]
pub struct Deal {
    pub project: OpenProject,
    pub id: ContractId,
    pub milestones: Vec<MilestoneId>,
}

impl Deal {
    pub fn manager(&self) -> UserId {
        self.project.organisation.manager.id
    }

    pub fn owner(&self) -> UserId {
        self.project.organisation.owner.id
    }

    pub fn freelancer(&self) -> UserId {
        self.project.freelancers[0].id
    }
}

/// A contract between a new client and a new freelancer; somebody else had offered too.
pub fn deal(conn: &mut PgConnection) -> Deal {
    let organisation = given::organisation(conn);
    let freelancers = ["Ada Byron", "Ivo Tanaka"].map(|name| given::freelancer(conn, name));
    deal_between(conn, &organisation, &freelancers)
}

/// A contract between these: the first wins, the second does not.
pub fn deal_between(conn: &mut PgConnection, organisation: &Organisation, freelancers: &[Somebody]) -> Deal {
    let mut project = given::open_project_with(conn, organisation.clone(), freelancers[1..].to_vec());
    let part = |title: &str, amount| Milestone { title: title.to_owned(), amount };
    let milestones = vec![part("Goods in", 100_000), part("Stock count", 200_000), part("Handover", 300_000)];
    let content = guildhall::domain::proposal::ProposalContent { milestones, ..given::proposal_words(600_000) };
    let submission = Submission { project: project.id, content, version: None, scope_version: None, files: None };
    let won = submit_proposal(&mut patient(conn), freelancers[0].id, &submission).expect("a proposal").proposal;
    project.freelancers.insert(0, freelancers[0].clone());
    project.proposals.insert(0, won);
    let id = accept_proposal(&mut patient(conn), organisation.manager.id, won, FIRST_SEEN).expect("an award").contract;
    let planned = milestones::of_contract(conn, id).expect("its milestones");
    Deal { project, id, milestones: planned.iter().map(|one| one.id).collect() }
}

/// Where a contract stands when a race begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// Two milestones are submitted, the third is planned; the client proposes other terms.
    Working,
    /// One milestone is submitted, the others are approved.
    Nearly,
    /// Everything is approved, and the freelancer proposes a fourth milestone.
    Done,
    /// It rests, by the client's word.
    Resting,
    /// It ended early, with one delivery that has no answer.
    Ended,
}

impl Scene {
    pub fn set(self, conn: &mut PgConnection, deal: &Deal) {
        use Act::*;
        let acts: &[Act] = match self {
            Self::Working => &[Submit(0), Submit(1), Propose],
            Self::Nearly => &[Submit(0), Submit(1), Approve(1), Submit(2), Approve(2)],
            Self::Done => &[Submit(0), Approve(0), Submit(1), Approve(1), Submit(2), Approve(2), ProposeMore],
            Self::Resting => &[Submit(0), Pause],
            Self::Ended => &[Submit(0), Terminate],
        };
        acts.iter().for_each(|act| act.run(conn, deal).expect("the scene"));
    }
}

/// Everything that is done to a contract, by who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Pause,
    Resume,
    Complete,
    Terminate,
    TerminateByFreelancer,
    Submit(usize),
    TakeBack(usize),
    Request(usize),
    Approve(usize),
    ApproveAll,
    Cancel(usize),
    Reorder,
    Propose,
    ProposeMore,
    Confirm,
    Decline,
    WithdrawTerms,
    Reopen,
}

fn said<T, E: std::fmt::Debug>(done: Result<T, Failure<E>>) -> Result<(), Failure<String>> {
    match done {
        Ok(_) => Ok(()),
        Err(Failure::Refused(why)) => Err(Failure::Refused(without_ids(&format!("{why:?}")))),
        Err(Failure::Broken(fault)) => Err(Failure::Broken(fault)),
    }
}

/// A refusal, whichever contract it is about.
fn without_ids(text: &str) -> String {
    let mut parts = text.split("MilestoneId(");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "M" + part.split_once(')').map_or("", |(_, rest)| rest))
}

impl Act {
    /// Done, or why not; never a fault.
    pub fn run(self, conn: &mut PgConnection, on: &Deal) -> Result<(), String> {
        match self.answer(conn, on) {
            Ok(()) => Ok(()),
            Err(Failure::Refused(why)) => Err(why),
            Err(Failure::Broken(fault)) => panic!("{self:?}: {fault}"),
        }
    }

    /// Done, or broken by a fault; never refused.
    pub fn try_run(self, conn: &mut PgConnection, on: &Deal) -> Result<(), guildhall::db::Fault> {
        match self.answer(conn, on) {
            Ok(()) => Ok(()),
            Err(Failure::Refused(why)) => panic!("{self:?} was refused: {why}"),
            Err(Failure::Broken(fault)) => Err(fault),
        }
    }

    fn answer(self, conn: &mut PgConnection, on: &Deal) -> Result<(), Failure<String>> {
        let (manager, freelancer) = (on.manager(), on.freelancer());
        let conn = &mut patient(conn);
        match self {
            Self::Pause => said(pause_contract(conn, manager, on.id)),
            Self::Resume => said(resume_contract(conn, manager, on.id)),
            Self::Complete => said(complete_contract(conn, manager, on.id)),
            Self::Terminate => said(terminate_contract(conn, manager, on.id, &ending())),
            Self::TerminateByFreelancer => said(terminate_contract(conn, freelancer, on.id, &ending())),
            Self::Submit(place) => said(submit_milestone(conn, freelancer, on.milestones[place], None, &words().into())),
            Self::TakeBack(place) => said(withdraw_submission(conn, freelancer, on.milestones[place])),
            Self::Request(place) => said(request_changes(conn, manager, on.milestones[place], Some(1), &reason())),
            Self::Approve(place) => said(approve_milestones(conn, manager, on.id, &[seen(on, place)])),
            Self::ApproveAll => said(approve_milestones(conn, manager, on.id, &[seen(on, 1), seen(on, 0)])),
            Self::Cancel(place) => said(cancel_milestone(conn, freelancer, on.milestones[place])),
            Self::Reorder => {
                let order: Vec<_> = on.milestones.iter().rev().copied().collect();
                said(reorder_milestones(conn, freelancer, on.id, &order))
            }
            Self::Propose => said(propose_terms(conn, manager, on.id, &with_days(on, 30, &on.milestones[2..]), None)),
            Self::ProposeMore => said(propose_terms(conn, freelancer, on.id, &with_days(on, 30, &[]), None)),
            Self::Confirm | Self::Decline => {
                let (number, by) = waiting(conn, on)?;
                let answer = if self == Self::Confirm { TermsAnswer::Confirmed } else { TermsAnswer::Declined };
                said(answer_terms(conn, by.1, on.id, number, answer))
            }
            Self::WithdrawTerms => {
                let (number, by) = waiting(conn, on)?;
                said(answer_terms(conn, by.0, on.id, number, TermsAnswer::Withdrawn))
            }
            Self::Reopen => said(reopen_project(conn, manager, on.project.id, later(), None)),
        }
    }
}

/// The last version that was proposed, who proposed it, and who answers.
fn waiting(conn: &mut PgConnection, on: &Deal) -> QueryResult<(i32, (UserId, UserId))> {
    let all = contracts::every_version(conn, on.id)?;
    let last = all.last().expect("one that was proposed");
    let by_freelancer = last.proposed_by == on.freelancer();
    let (client, freelancer) = (on.manager(), on.freelancer());
    Ok((last.number, if by_freelancer { (freelancer, client) } else { (client, freelancer) }))
}

pub fn seen(on: &Deal, place: usize) -> Judged {
    Judged { id: on.milestones[place], submission: 1 }
}

pub fn words() -> SubmissionWords {
    SubmissionWords::parse("It is all at the usual place.").expect("words")
}

pub fn reason() -> Reason {
    Reason::parse("Not as agreed.").expect("a reason")
}

pub fn ending() -> Ending {
    Ending { fault: Fault::Nobody, reason: reason() }
}

pub fn later() -> DateTime<Utc> {
    given::in_days(40)
}

/// Other terms: so many days, and a fourth milestone besides these that stay.
pub fn with_days(on: &Deal, days: i32, kept: &[MilestoneId]) -> TermsContent {
    let titles = ["Goods in", "Stock count", "Handover"];
    let kept = kept.iter().map(|id| {
        let place = on.milestones.iter().position(|one| one == id).expect("one of its milestones");
        let amount = [100_000, 200_000, 300_000][place];
        PlannedPart { id: Some(*id), title: titles[place].to_owned(), amount, due_on: None }
    });
    let more = PlannedPart { id: None, title: "Training".to_owned(), amount: 50_000, due_on: None };
    TermsContent {
        hourly: None,
        days,
        weekly_limit: None,
        ends_on: None,
        words: TermsWords::parse("Training on site.").expect("words"),
        plan: kept.chain([more]).collect(),
    }
}
