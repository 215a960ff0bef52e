//! Calling a project off: a page that asks why, and the act.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::conflict::{self, Wanted};
use super::managed::{self, managed};
use super::words;
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ProjectId;
use crate::domain::project::{ChangeRefused, Project, ProjectStatus};
use crate::domain::words::Reason;
use crate::operations::projects::cancel_project;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const NOT_CANCELLED: &str = "The project was not cancelled by you, and nobody was told.";

#[derive(Template)]
#[template(path = "projects/cancel.html")]
struct Page {
    shell: Shell,
    project: Project,
    organisation: String,
    errors: FieldErrors,
    reason: String,
    version: String,
}

/// Asks.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database) -> Answer {
    let (by, shell) = (signed_in.id(), signed_in.shell());
    let view = managed(&database, id.0, by).await?;
    if !view.project.status.may_become(ProjectStatus::Cancelled) {
        let wanted = Wanted { by, project: id.0, undone: NOT_CANCELLED, typed: None };
        return conflict::moved_on(&database, shell, wanted, view.project.status).await;
    }
    let (errors, version) = (FieldErrors::new(), view.project.version.to_string());
    respond::page(&Page { shell, project: view.project, organisation: view.organisation, errors, reason: String::new(), version })
}

/// Cancels. Whoever cancelled it already, by the first of two clicks, is led to it.
pub async fn submit(signed_in: SignedIn, id: Id<ProjectId>, database: Database, secrets: web::Data<Secrets>, sent: Fields) -> Answer {
    let (by, shell, id, seen) = (signed_in.id(), signed_in.shell(), id.0, sent.version("version"));
    let reason = match Reason::parse(sent.get("reason")) {
        Ok(reason) => reason,
        Err(wrong) => {
            let view = managed(&database, id, by).await?;
            let mut errors = FieldErrors::new();
            errors.add("reason", wrong.to_string());
            let (reason, version) = (sent.get("reason").to_owned(), sent.get("version").to_owned());
            let page = Page { shell, project: view.project, organisation: view.organisation, errors, reason, version };
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let done = database.change(move |conn| cancel_project(conn, by, id, seen, &reason)).await;
    let cancelled = || respond::see_other_saying(&secrets, &format!("/projects/{id}"), "good", "The project is cancelled.");
    let wanted = Wanted { by, project: id, undone: NOT_CANCELLED, typed: None };
    match PageError::unless_refused(done)? {
        Ok(()) => cancelled(),
        Err(ChangeRefused::ProjectIs(status)) => {
            let did = conflict::who(&database, id, status).await?;
            if status == ProjectStatus::Cancelled && did.and_then(|did| did.by) == Some(by) {
                return cancelled();
            }
            conflict::moved_on(&database, shell, wanted, status).await
        }
        Err(ChangeRefused::Changed { .. }) => {
            let again = (format!("/projects/{id}/cancel"), "Read the new version".to_owned());
            conflict::changed(&database, shell, wanted, again).await
        }
        Err(ChangeRefused::Missing) => Err(PageError::NotFound),
        Err(ChangeRefused::NotAllowed) => Err(managed::not_allowed()),
        // these judge editing and publishing
        Err(
            why @ (ChangeRefused::Held
            | ChangeRefused::DeadlinePassed
            | ChangeRefused::PriceBasisFixed
            | ChangeRefused::SealSettled
            | ChangeRefused::DeadlineOnlyLater
            | ChangeRefused::BidsOpened),
        ) => Err(PageError::refused(&why, NOT_CANCELLED)),
    }
}

impl Page {
    fn proposals(&self) -> String {
        words::bids(self.project.proposal_count, self.project.bids_are_sealed())
    }
}
