//! A contract, for both sides: where it stands, what is next, its milestones and terms; to read, to act on and to print.

use askama::Template;
use chrono::TimeDelta;

use super::desk::{self, Desk};
use super::terms;
use crate::db::Database;
use crate::domain::contract::{Contract, ContractStatus, Side};
use crate::domain::ids::ContractId;
use crate::domain::milestone::{Milestone, MilestoneStatus};
use crate::domain::project::ProjectKind;
use crate::domain::review::DAYS;
use crate::web::context::{Id, SignedIn};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "contracts/show.html")]
struct Page {
    shell: Shell,
    desk: Desk,
}

/// Shows the contract to its freelancer and to the client's members; for everybody else it is not there.
pub async fn page(signed_in: SignedIn, id: Id<ContractId>, database: Database) -> Answer {
    let desk = desk::desk(&database, id.0, signed_in.person.clone()).await?;
    respond::page(&Page { shell: signed_in.shell(), desk })
}

impl Page {
    fn contract(&self) -> &Contract {
        self.desk.contract()
    }

    /// The states as the rail shows them, and where this contract stands.
    fn rail(&self) -> (Vec<&'static str>, usize) {
        match self.contract().status {
            ContractStatus::Active => (vec!["Awarded", "Active", "Completed"], 1),
            ContractStatus::Paused => (vec!["Awarded", "Paused", "Completed"], 1),
            ContractStatus::Completed => (vec!["Awarded", "Active", "Completed"], 3),
            ContractStatus::Terminated => (vec!["Awarded", "Active", "Ended early"], 2),
        }
    }

    fn by_the_hour(&self) -> bool {
        self.contract().kind == ProjectKind::Hourly
    }

    fn accepted_at(&self) -> Moment {
        shown::exact(&self.shell.clock, self.contract().accepted_at)
    }

    fn ended_at(&self, ended: &crate::db::contracts::Ended) -> Moment {
        shown::exact(&self.shell.clock, ended.at)
    }

    fn start(&self) -> String {
        self.contract().start_on.map_or_else(|| "To be agreed".to_owned(), shown::day)
    }

    fn end(&self) -> String {
        self.contract().ends_on.map_or_else(|| "Not agreed on".to_owned(), shown::day)
    }

    fn limit(&self) -> String {
        terms::limit(self.contract().weekly_limit)
    }

    fn due(&self, milestone: &Milestone) -> String {
        milestone.due_on.map_or_else(|| "–".to_owned(), shown::day)
    }

    /// How many wait for the client together.
    fn waiting(&self) -> usize {
        self.desk.submitted().count()
    }

    /// Whether the order is the reader's to change: there is one, and they decide.
    fn may_order(&self) -> bool {
        self.desk.party.decides && self.contract().status.is_live() && self.desk.milestones.len() > 1
    }

    fn may_pause(&self) -> bool {
        self.contract().may_pause(&self.desk.party).is_ok()
    }

    fn may_resume(&self) -> bool {
        self.contract().may_resume(&self.desk.party).is_ok()
    }

    fn may_complete(&self) -> bool {
        self.contract().may_complete(&self.desk.party, crate::domain::contract::OpenThings::default()).is_ok()
    }

    /// Whether some milestone is neither approved nor cancelled.
    fn is_open(&self) -> bool {
        self.desk.milestones.iter().any(|milestone| milestone.status.is_open())
    }

    fn may_terminate(&self) -> bool {
        self.contract().may_terminate(&self.desk.party).is_ok()
    }

    fn may_reopen(&self) -> bool {
        self.desk.decides() && self.contract().status == ContractStatus::Terminated
    }

    /// The sum of what is agreed on, not given up.
    fn total(&self) -> i64 {
        self.desk.milestones.iter().filter(|one| one.status != MilestoneStatus::Cancelled).map(|one| one.amount).sum()
    }

    /// What is next, and what silence means.
    fn next(&self) -> Vec<String> {
        let contract = self.contract();
        let (client, freelancer) = (self.desk.named.organisation.as_str(), self.desk.named.freelancer.as_str());
        let mut next = Vec::new();
        if let Some(terms) = self.desk.waiting() {
            let who = self.desk.name_of(terms.side.other());
            next.push(format!("{who} confirms or declines version {} of the terms. Until then the terms in force stay.", terms.number));
        }
        match contract.status {
            ContractStatus::Paused => {
                let who = self.desk.name_of(contract.paused_by.unwrap_or(Side::Client));
                next.push(format!("{who} paused the contract and resumes it. Nothing is logged or submitted meanwhile."));
            }
            ContractStatus::Completed => next.push("The contract is completed.".to_owned()),
            ContractStatus::Terminated => next.push("The contract ended early.".to_owned()),
            ContractStatus::Active => {}
        }
        if let Some(ended) = self.desk.ended.as_ref().filter(|ended| ended.takes_reviews) {
            let until = shown::time(&self.shell.clock, ended.at + TimeDelta::days(DAYS)).words;
            next.push(format!(
                "Both sides say what the work was like, until {until}. Neither is read before both are in, or the days are over."
            ));
        }
        let submitted: Vec<_> = self.desk.submitted().map(|one| format!("“{}”", one.title)).collect();
        if !submitted.is_empty() {
            next.push(format!("{client} approves {} or asks for changes. Nothing is approved by silence.", submitted.join(", ")));
        }
        let due = |one: &&Milestone| matches!(one.status, MilestoneStatus::Planned | MilestoneStatus::ChangesRequested);
        if let Some(one) = self.desk.milestones.iter().find(due).filter(|_| contract.status == ContractStatus::Active) {
            let until = one.due_on.map_or_else(String::new, |day| format!(" until {}", shown::day(day)));
            next.push(format!("{freelancer} submits “{}”{until}.", one.title));
        }
        if next.is_empty() && !self.by_the_hour() {
            next.push(format!("Everything is approved. {client} completes the contract."));
        }
        next
    }
}
