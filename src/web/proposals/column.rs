//! One proposal as a column of the comparison.

use jiff::tz::TimeZone;

use super::team::Team;
use crate::db::proposals::Named;
use crate::domain::project::{Project, ProjectKind};
use crate::domain::proposal::{Proposal, ProposalStatus};
use crate::web::markdown::{self, SafeHtml};
use crate::web::shown::{self, Moment};

/// A proposal beside others.
pub struct Column {
    pub named: Named,
    pub team: Team,
    pub price: String,
    /// The price of one working day; nothing where the price is an hour's.
    pub a_day: Option<String>,
    /// How it stands to the budget, where it lies outside.
    pub beyond: &'static str,
    pub lowest: bool,
    pub finish: Option<String>,
    pub soonest: bool,
    pub start: Option<String>,
    pub milestones: Vec<(String, String)>,
    /// One for each question that the project asks now.
    pub answers: Vec<Given>,
    pub letter: SafeHtml,
    /// It answers an earlier version of the project.
    pub is_older: bool,
    pub sent: Moment,
}

/// The answer to one question.
pub enum Given {
    /// In words.
    Answered(String),
    /// The question was there, the answer was left out.
    Empty,
    /// The question was asked after the proposal was sent.
    NotAsked,
}

impl Column {
    /// A proposal before it is compared.
    pub fn new(named: Named, team: Team, project: &Project, zone: &TimeZone) -> Self {
        let proposal = &named.proposal;
        let fixed = project.kind == ProjectKind::Fixed;
        let amount = |minor| project.money(minor).to_string();
        Self {
            price: amount(proposal.amount),
            a_day: fixed.then(|| amount(proposal.amount / i64::from(proposal.days.max(1)))),
            beyond: beyond(project, proposal.amount),
            lowest: false,
            finish: proposal.finish_on().map(shown::day),
            soonest: false,
            start: proposal.start_on.map(shown::day),
            milestones: proposal.milestones().into_iter().map(|one| (one.title, amount(one.amount))).collect(),
            answers: project.questions.iter().map(|question| given(proposal, question)).collect(),
            letter: markdown::render(&proposal.cover_letter),
            is_older: proposal.scope_version != project.scope_version,
            sent: shown::time(zone, proposal.created_at),
            named,
            team,
        }
    }

    /// Whether it can still win, or has won.
    pub fn counts(&self) -> bool {
        matches!(self.named.proposal.status, ProposalStatus::Pending | ProposalStatus::Accepted)
    }

    /// Whether it is the winner.
    pub fn won(&self) -> bool {
        self.named.proposal.status == ProposalStatus::Accepted
    }

    /// The answer to the question in this place.
    pub fn answer(&self, place: &usize) -> Option<&Given> {
        self.answers.get(*place)
    }

    /// How many of the project's questions are answered.
    pub fn answered(&self) -> usize {
        self.answers.iter().filter(|given| matches!(given, Given::Answered(_))).count()
    }
}

fn beyond(project: &Project, amount: i64) -> &'static str {
    match amount {
        amount if amount > project.budget_max => "Above the budget",
        amount if amount < project.budget_min => "Below the budget",
        _ => "",
    }
}

fn given(proposal: &Proposal, question: &str) -> Given {
    match proposal.answered().find(|(asked, _)| *asked == question) {
        Some((_, "")) => Given::Empty,
        Some((_, answer)) => Given::Answered(answer.to_owned()),
        None => Given::NotAsked,
    }
}

/// Marks the lowest price and the soonest finish in words, where there is something to compare.
pub fn mark_best(columns: &mut [Column]) {
    let counting = || columns.iter().filter(|column| column.counts()).map(|column| &column.named.proposal);
    if counting().count() < 2 {
        return;
    }
    let lowest = counting().map(|proposal| proposal.amount).min();
    let soonest = counting().filter_map(Proposal::finish_on).min();
    for column in columns.iter_mut().filter(|column| column.counts()) {
        column.lowest = Some(column.named.proposal.amount) == lowest;
        column.soonest = soonest.is_some() && column.named.proposal.finish_on() == soonest;
    }
}
