//! The race lab: attacks a running site over HTTP as many people at once would, then asks its database what may never be.
//! What a scenario is decided by is SQL alone (`db::race`), never the lab's own counts; what clients were told is held
//! against it.

mod accept;
mod attempt;
mod autoclose;
mod cast;
mod escalate;
mod form;
mod job;
mod json;
mod lab;
mod site;
mod table;
mod tally;
mod upsert;
mod window;
mod worklog;

use clap::ValueEnum;

pub use lab::{Lab, attack};
pub use site::OwnSite;
pub use table::table;

use attempt::Attempt;

/// What is raced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scenario {
    /// Managers accept different proposals for one project
    Accept,
    /// The house closes overdue projects while people move the deadline, accept and withdraw
    Autoclose,
    /// A freelancer's windows write down sessions that overlap, on two contracts
    Worklog,
    /// Admins pass one ticket on to the next level
    Escalate,
    /// Admins note on one ticket, whose history is a list in its row
    Json,
    /// Runners complete one job
    Job,
    /// Machines create or update by the same references
    Upsert,
}

/// How a site is attacked.
#[derive(Debug, Clone)]
pub struct Plan {
    /// In this order.
    pub scenarios: Vec<Scenario>,
    /// How many come at once.
    pub clients: usize,
    /// How often.
    pub rounds: usize,
    /// From which all chances are drawn.
    pub seed: u32,
}

impl Scenario {
    /// As it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Autoclose => "autoclose",
            Self::Worklog => "worklog",
            Self::Escalate => "escalate",
            Self::Json => "json",
            Self::Job => "job",
            Self::Upsert => "upsert",
        }
    }

    /// What each client does in the next round, once all that it is about has been made.
    fn round(self, lab: &mut Lab, round: usize) -> anyhow::Result<Vec<Attempt>> {
        match self {
            Self::Accept => accept::round(lab),
            Self::Autoclose => autoclose::round(lab),
            Self::Worklog => worklog::round(lab, round),
            Self::Escalate => escalate::round(lab),
            Self::Json => json::round(lab, round),
            Self::Job => job::round(lab, round),
            Self::Upsert => upsert::round(lab, round),
        }
    }
}
