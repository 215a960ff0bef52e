//! The page of one project.

use askama::Template;

use super::actions::Actions;
use super::words;
use crate::db::projects::{self, Bidder, Decision, View};
use crate::db::{Database, enquiries};
use crate::domain::ids::ProjectId;
use crate::domain::person::Person;
use crate::domain::project::{ProjectStatus, Visibility};
use crate::web::context::{Id, Visitor};
use crate::web::enquiries::{Enquiries, MayAsk};
use crate::web::error::PageError;
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "projects/project.html")]
struct Page {
    shell: Shell,
    view: View,
    bidders: Vec<Bidder>,
    decision: Option<Decision>,
    actions: Actions,
    enquiries: Enquiries,
}

/// Shows the project; drafts to members alone.
pub async fn page(visitor: Visitor, id: Id<ProjectId>, database: Database) -> Answer {
    let viewer = visitor.id();
    let found = database.run(move |conn| {
        let Some(page) = projects::page(conn, id.0, viewer)? else { return Ok(None) };
        let asked = match page.view.project.status {
            ProjectStatus::Draft => Default::default(),
            _ => enquiries::read(conn, enquiries::Which::Of(id.0, None), viewer)?,
        };
        Ok(Some((page, asked)))
    });
    let (projects::Page { view, bidders, decision }, asked) = found.await?.ok_or(PageError::NotFound)?;
    let actions = Actions::of(&view, visitor.person());
    let may_ask = MayAsk::of(&view, visitor.person());
    let shell = visitor.shell();
    let enquiries = Enquiries::of(&view, asked, may_ask, &shell.clock);
    respond::page(&Page { shell, view, bidders, decision, actions, enquiries })
}

impl Page {
    fn budget(&self) -> String {
        words::budget(self.view.project.kind, self.view.project.from(), self.view.project.to())
    }

    fn proposals(&self) -> String {
        words::bids(self.view.project.proposal_count, self.view.project.bids_are_sealed())
    }

    /// When the sealed bids were opened.
    fn opened(&self) -> Option<Moment> {
        self.view.project.bids_opened_at.map(|at| shown::time(&self.shell.clock, at))
    }

    /// Whether there are bids that nobody will ever open.
    fn stays_closed(&self) -> bool {
        self.view.project.bids_are_sealed() && self.view.project.proposal_count > 0
    }

    fn closes(&self) -> Moment {
        shown::time(&self.shell.clock, self.view.project.deadline)
    }

    fn description(&self) -> SafeHtml {
        markdown::render(&self.view.project.description)
    }

    fn is_draft(&self) -> bool {
        self.view.project.status == ProjectStatus::Draft
    }

    fn is_open(&self) -> bool {
        self.view.project.status == ProjectStatus::Open
    }

    fn decided_at(&self, decision: &Decision) -> Moment {
        shown::exact(&self.shell.clock, decision.at)
    }

    /// Whether this person is the winner.
    fn won(&self, decision: &Decision) -> bool {
        self.shell.person.as_ref().map(|person: &Person| person.id) == Some(decision.freelancer)
    }

    fn agreed(&self, decision: &Decision) -> String {
        self.view.project.money(decision.amount).to_string()
    }

    fn price(&self, bidder: &Bidder) -> String {
        bidder.price(&self.view.project).to_string()
    }

    /// Why it was cancelled: for those who are concerned.
    fn cancelled(&self) -> Option<&str> {
        self.view.project.cancel_reason.as_deref().filter(|_| self.view.concerned())
    }
}
