//! Opening a project again whose contract ended early: a page that asks for a new deadline, and the act.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::conflict::{self, Cannot, Wanted};
use super::held;
use super::managed::{self, managed};
use crate::db::{Database, projects};
use crate::domain::contract::ContractStatus;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ProjectId;
use crate::domain::project::{Project, ProjectStatus, ReopenRefused};
use crate::operations::projects::reopen_project;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

const UNDONE: &str = "The project was not opened by you, and nobody was told.";

#[derive(Template)]
#[template(path = "projects/reopen.html")]
struct Page {
    shell: Shell,
    project: Project,
    organisation: String,
    errors: FieldErrors,
    deadline: String,
    version: String,
}

/// Asks.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database) -> Answer {
    let (by, shell) = (signed_in.id(), signed_in.shell());
    let view = managed(&database, id.0, by).await?;
    let wanted = Wanted { by, project: id.0, undone: UNDONE, typed: None };
    if view.project.status != ProjectStatus::Assigned {
        return conflict::moved_on(&database, shell, wanted, view.project.status).await;
    }
    if view.project.is_held() {
        return held::refused(&database, shell, wanted).await;
    }
    let winner = view.project.accepted_proposal_id;
    let won = database.run(move |conn| Ok(projects::contract_won(conn, winner)?)).await?;
    if won.is_none_or(|(_, status)| status != ContractStatus::Terminated) {
        return goes_on(shell, &wanted);
    }
    let (errors, version) = (FieldErrors::new(), view.project.version.to_string());
    respond::page(&Page { shell, project: view.project, organisation: view.organisation, errors, deadline: String::new(), version })
}

/// Opens it. Whoever opened it already, by the first of two clicks, is led to it.
pub async fn submit(signed_in: SignedIn, id: Id<ProjectId>, database: Database, secrets: web::Data<Secrets>, sent: Fields) -> Answer {
    let (by, shell, id, seen) = (signed_in.id(), signed_in.shell(), id.0, sent.version("version"));
    let mut errors = FieldErrors::new();
    if let Some(deadline) = shown::parse_field(&shell.clock, sent.get("deadline")) {
        let done = database.change(move |conn| reopen_project(conn, by, id, deadline, seen)).await;
        let wanted = Wanted { by, project: id, undone: UNDONE, typed: None };
        match PageError::unless_refused(done)? {
            Ok(()) => {
                let text = "The project is open again. Those who offered before were told.";
                return respond::see_other_saying(&secrets, &format!("/projects/{id}"), "good", text);
            }
            Err(ReopenRefused::Missing) => return Err(PageError::NotFound),
            Err(ReopenRefused::NotAllowed) => return Err(managed::not_allowed()),
            Err(ReopenRefused::ProjectIs(status)) => return conflict::moved_on(&database, shell, wanted, status).await,
            Err(ReopenRefused::Held) => return held::refused(&database, shell, wanted).await,
            Err(ReopenRefused::ContractIs(_)) => return goes_on(shell, &wanted),
            Err(ReopenRefused::Changed { .. }) => {
                let again = (format!("/projects/{id}/reopen"), "Read the new version".to_owned());
                return conflict::changed(&database, shell, wanted, again).await;
            }
            Err(ReopenRefused::DeadlinePassed) => errors.add("deadline", "Enter a day and time that lies ahead"),
        }
    } else {
        errors.add("deadline", "Enter the day and time when proposals close");
    }
    let view = managed(&database, id, by).await?;
    let (deadline, version) = (sent.get("deadline").to_owned(), sent.get("version").to_owned());
    let page = Page { shell, project: view.project, organisation: view.organisation, errors, deadline, version };
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The contract has not ended early.
fn goes_on(shell: Shell, wanted: &Wanted) -> Answer {
    let means = "Its contract has not ended early. A project is opened again only after that.".to_owned();
    let links = vec![(format!("/projects/{}", wanted.project), "Look at the project".to_owned())];
    conflict::cannot(shell, wanted, Cannot { title: "The contract has not ended early".to_owned(), means, links })
}
