//! Managers at their desks: browsers signed in, with the form of an award ready to be sent.
use std::time::{Duration, Instant};

use guildhall::domain::ids::ProposalId;
use guildhall::domain::membership::Role;

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, Somebody};
use crate::support::page::Page;
use crate::support::race::start_together;
use crate::support::site::TestSite;

/// The refusal's page, while somebody holds the lock for longer than anyone is kept waiting.
pub const BUSY: &str = "Somebody is changing this project right now. Nothing was done.";

/// A manager of the project's organisation who is signed in.
#[derive(Debug, Clone)]
pub struct Desk {
    pub manager: Somebody,
    pub browser: Browser,
}

/// So many managers, each with a browser.
pub fn desks(database: &TestDatabase, site: &TestSite, project: &OpenProject, count: usize) -> Vec<Desk> {
    let mut conn = database.connect();
    let managers = (0..count).map(|place| given::member(&mut conn, project.organisation.id, &format!("Manager {place}"), Role::Manager));
    managers.map(|manager| Desk { browser: site.signed_in(&manager.email), manager }).collect()
}

/// An answer, and how long it took.
#[derive(Debug, Clone)]
pub struct Answer {
    pub page: Page,
    pub took: Duration,
}

impl Desk {
    /// Sends the form of an award as it stood when the proposal was first sent.
    pub fn accept(&self, proposal: ProposalId) -> Answer {
        let begun = Instant::now();
        let page = self.browser.post(&format!("/proposals/{proposal}/accept"), &[("version", "1"), ("scope_version", "1")]);
        Answer { page, took: begun.elapsed() }
    }
}

impl Answer {
    /// Whether nothing was done because somebody held the lock: then it may be sent again.
    pub fn is_busy(&self) -> bool {
        self.page.status == 409 && !self.page.header("retry-after").is_empty()
    }
}

/// Client `n` accepts proposal `n mod proposals` at the desk `n mod desks`, all at the same moment.
pub fn accept_together(desks: &[Desk], project: &OpenProject, clients: usize) -> Vec<(usize, ProposalId, Answer)> {
    let what = |place: usize| (place % desks.len(), project.proposals[place % project.proposals.len()]);
    start_together(clients, what, |_, (desk, proposal)| (desk, proposal, desks[desk].accept(proposal)))
}
