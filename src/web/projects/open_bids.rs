//! Opening sealed bids: a page that asks, and the act.

use actix_web::web;
use askama::Template;

use super::conflict::{self, Cannot, Wanted};
use super::managed::{self, managed};
use crate::db::Database;
use crate::db::projects::{self, View};
use crate::domain::event::EventKind;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::{OpenRefused, Project, ProjectStatus};
use crate::operations::projects::open_bids;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

const NOT_OPENED: &str = "No bid was opened: nobody has read any of them.";

#[derive(Template)]
#[template(path = "projects/open_bids.html")]
struct Page {
    shell: Shell,
    project: Project,
    organisation: String,
}

/// Asks.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database) -> Answer {
    let by = signed_in.id();
    let view = managed(&database, id.0, by).await?;
    if view.project.bids_opened_at.is_some() {
        return respond::see_other(&proposals(id.0));
    }
    match blocked(&view) {
        Some(why) => refused(&database, signed_in.shell(), by, view, why).await,
        None => respond::page(&Page { shell: signed_in.shell(), project: view.project, organisation: view.organisation }),
    }
}

/// What would be refused anyway is said at once. The operation judges again, under the lock.
fn blocked(view: &View) -> Option<OpenRefused> {
    let project = &view.project;
    if !project.sealed {
        return Some(OpenRefused::NotSealed);
    }
    if project.status != ProjectStatus::Open {
        return Some(OpenRefused::ProjectIs(project.status));
    }
    if view.takes_proposals {
        return Some(OpenRefused::TooEarly { deadline: project.deadline, at: project.deadline });
    }
    (project.proposal_count == 0).then_some(OpenRefused::NoBids)
}

/// Opens them. Whoever comes second is led to the same page and told who was first.
pub async fn submit(signed_in: SignedIn, id: Id<ProjectId>, database: Database, secrets: web::Data<Secrets>, sent: Fields) -> Answer {
    let (by, id, seen) = (signed_in.id(), id.0, sent.version("version"));
    let done = database.change(move |conn| open_bids(conn, by, id, seen)).await;
    match PageError::unless_refused(done)? {
        Ok(true) => respond::see_other_saying(
            &secrets,
            &proposals(id),
            "good",
            "The bids are open. Everybody in your organisation can read them now.",
        ),
        Ok(false) => {
            let did = database.run(move |conn| Ok(projects::last(conn, id, EventKind::BidsOpened)?)).await?;
            let first = did.filter(|did| did.by != Some(by)).and_then(|did| did.name);
            let said = first.map_or_else(|| "The bids are open.".to_owned(), |name| format!("{name} opened the bids before you."));
            respond::see_other_saying(&secrets, &proposals(id), "good", &said)
        }
        Err(why) => {
            let view = managed(&database, id, by).await?;
            refused(&database, signed_in.shell(), by, view, why).await
        }
    }
}

fn proposals(id: ProjectId) -> String {
    format!("/projects/{id}/proposals")
}

async fn refused(database: &Database, shell: Shell, by: UserId, view: View, why: OpenRefused) -> Answer {
    let id = view.project.id;
    let wanted = Wanted { by, project: id, undone: NOT_OPENED, typed: None };
    let back = (format!("/projects/{id}"), "Back to the project".to_owned());
    let (title, means, links) = match why {
        OpenRefused::Missing => return Err(PageError::NotFound),
        OpenRefused::NotAllowed => return Err(managed::not_allowed()),
        OpenRefused::ProjectIs(status) => return conflict::moved_on(database, shell, wanted, status).await,
        OpenRefused::Changed { .. } => {
            let again = (format!("/projects/{id}/open-bids"), "Read the new version".to_owned());
            return conflict::changed(database, shell, wanted, again).await;
        }
        OpenRefused::NotSealed => (
            "These bids are not sealed".to_owned(),
            "Your organisation reads them as they come.".to_owned(),
            vec![(proposals(id), "Look at the proposals".to_owned())],
        ),
        OpenRefused::TooEarly { .. } => {
            let closes = shown::exact(&shell.clock, view.project.deadline).words;
            let means = format!(
                "Sealed bids are opened when proposals have closed, {closes} by the clock of this site’s database, and not a second before. \
                 Until then freelancers can send and change them."
            );
            ("Proposals have not closed yet".to_owned(), means, vec![(proposals(id), "Look how many there are".to_owned()), back])
        }
        OpenRefused::NoBids => (
            "There is nothing to open".to_owned(),
            "Nobody has sent a bid that still stands. After an opening the deadline could not be moved any more; as it is, you can set a later one."
                .to_owned(),
            vec![(format!("/projects/{id}/edit"), "Set a later deadline".to_owned()), back],
        ),
    };
    conflict::cannot(shell, &wanted, Cannot { title, means, links })
}

impl Page {
    fn title(&self) -> String {
        match self.project.proposal_count {
            1 => "Open the sealed bid?".to_owned(),
            count => format!("Open {count} sealed bids?"),
        }
    }

    fn closed(&self) -> Moment {
        shown::exact(&self.shell.clock, self.project.deadline)
    }
}
