//! The proposals of a project while they are sealed: how many there are, when they can be opened, and by whom.

use askama::Template;

use crate::db::projects::View;
use crate::db::{Database, organisations, projects};
use crate::domain::ids::ProjectId;
use crate::domain::project::ProjectStatus;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::projects::words;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "proposals/sealed.html")]
struct Page {
    shell: Shell,
    view: View,
    /// The names of those who may open them.
    openers: Vec<String>,
}

/// Shows it to the client's members.
pub async fn page(signed_in: SignedIn, id: ProjectId, database: &Database) -> Answer {
    let reader = signed_in.id();
    let found = database.run(move |conn| {
        let Some(view) = projects::seen_by(conn, id, Some(reader))? else { return Ok(None) };
        let members = organisations::members(conn, view.project.organisation_id)?;
        Ok(Some((view, members)))
    });
    let (view, members) = found.await?.filter(|(view, _)| view.role.is_some()).ok_or(PageError::NotFound)?;
    let openers = members.into_iter().filter(|member| member.role.manages_projects()).map(|member| member.name).collect();
    respond::page(&Page { shell: signed_in.shell(), view, openers })
}

impl Page {
    fn title(&self) -> String {
        words::bids(self.view.project.proposal_count, true)
    }

    fn closes(&self) -> Moment {
        shown::time(&self.shell.clock, self.view.project.deadline)
    }

    fn is_open(&self) -> bool {
        self.view.project.status == ProjectStatus::Open
    }

    /// Whether the reader can open them now.
    fn can_open(&self) -> bool {
        self.view.manages() && self.is_open() && !self.view.takes_proposals && self.view.project.proposal_count > 0
    }

    /// Who may open them, in one line.
    fn who(&self) -> String {
        match self.openers.as_slice() {
            [] => "Owners and managers".to_owned(),
            [one] => one.clone(),
            [rest @ .., last] if rest.len() < 6 => format!("{} or {last}", rest.join(", ")),
            all => format!("Any of {} owners and managers", all.len()),
        }
    }
}
