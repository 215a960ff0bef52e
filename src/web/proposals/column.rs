//! One proposal as a column of the comparison, or as an entry of the list.

use jiff::tz::TimeZone;

use super::offer::{Best, Offer};
use crate::domain::project::{Project, ProjectKind};
use crate::domain::proposal::Proposal;
use crate::domain::record::Contracts;
use crate::web::markdown::{self, SafeHtml};
use crate::web::shown::{self, Moment};

/// A proposal beside others, in words.
pub struct Column {
    pub offer: Offer,
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
    /// A proposal beside the others.
    pub fn new(offer: Offer, best: Best, project: &Project, zone: &TimeZone) -> Self {
        let proposal = &offer.named.proposal;
        let fixed = project.kind == ProjectKind::Fixed;
        let amount = |minor| project.money(minor).to_string();
        Self {
            price: amount(proposal.amount),
            a_day: fixed.then(|| amount(offer.a_day())),
            beyond: beyond(project, proposal.amount),
            lowest: best.is_lowest(&offer),
            finish: proposal.finish_on().map(shown::day),
            soonest: best.is_soonest(&offer),
            start: proposal.start_on.map(shown::day),
            milestones: proposal.milestones().into_iter().map(|one| (one.title, amount(one.amount))).collect(),
            answers: project.questions.iter().map(|question| given(proposal, question)).collect(),
            letter: markdown::render(&proposal.cover_letter),
            is_older: proposal.scope_version != project.scope_version,
            sent: shown::time(zone, proposal.created_at),
            offer,
        }
    }

    /// The column's class: the winner stands out, the short list is tinted.
    pub fn class(&self) -> &'static str {
        match (self.offer.won(), self.offer.team.shortlisted()) {
            (true, _) => "col pick",
            (false, Some(_)) => "col short",
            (false, None) => "col",
        }
    }

    /// The answer to the question in this place.
    pub fn answer(&self, place: &usize) -> Option<&Given> {
        self.answers.get(*place)
    }

    /// The contracts so far, in words.
    pub fn contracts(&self) -> String {
        contracts(&self.offer.contracts)
    }
}

/// Contracts by what became of them: `3 contracts: 1 done, 2 running`.
pub fn contracts(contracts: &Contracts) -> String {
    let all = contracts.all();
    if all == 0 {
        return "No contract here yet".to_owned();
    }
    let Contracts { done, running, paused, .. } = *contracts;
    let counted = |parts: &[(i64, &str)]| {
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        parts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
    };
    let ended = format!("ended early ({})", counted(&contracts.ended()));
    let parts = counted(&[(done, "done"), (running, "running"), (paused, "paused"), (contracts.ended_early(), &ended)]);
    format!("{all} {}: {parts}", if all == 1 { "contract" } else { "contracts" })
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
