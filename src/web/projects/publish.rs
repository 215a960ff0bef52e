//! Opening a project for proposals: a page that asks, and the act.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::conflict::{self, Wanted};
use super::held;
use super::managed::{self, managed};
use super::words;
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ProjectId;
use crate::domain::project::{ChangeRefused, Project, ProjectStatus, Visibility};
use crate::operations::projects::publish_project;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

const NOT_PUBLISHED: &str = "Nothing was published by you, and nobody was told.";

#[derive(Template)]
#[template(path = "projects/publish.html")]
struct Page {
    shell: Shell,
    project: Project,
    organisation: String,
    errors: FieldErrors,
}

/// Asks.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database) -> Answer {
    let (by, shell) = (signed_in.id(), signed_in.shell());
    let view = managed(&database, id.0, by).await?;
    if view.project.status != ProjectStatus::Draft {
        let wanted = Wanted { by, project: id.0, undone: NOT_PUBLISHED, typed: None };
        return conflict::moved_on(&database, shell, wanted, view.project.status).await;
    }
    if view.project.is_held() {
        let wanted = Wanted { by, project: id.0, undone: NOT_PUBLISHED, typed: None };
        return held::refused(&database, shell, wanted).await;
    }
    respond::page(&Page { shell, project: view.project, organisation: view.organisation, errors: FieldErrors::new() })
}

/// Publishes. Whoever published it already, by the first of two clicks, is led to it.
pub async fn submit(signed_in: SignedIn, id: Id<ProjectId>, database: Database, secrets: web::Data<Secrets>, sent: Fields) -> Answer {
    let (by, shell, id, seen) = (signed_in.id(), signed_in.shell(), id.0, sent.version("version"));
    let done = database.change(move |conn| publish_project(conn, by, id, seen)).await;
    let published = || {
        respond::see_other_saying(&secrets, &format!("/projects/{id}"), "good", "The project is open. Proposals appear here as they come.")
    };
    let wanted = Wanted { by, project: id, undone: NOT_PUBLISHED, typed: None };
    match PageError::unless_refused(done)? {
        Ok(()) => published(),
        Err(ChangeRefused::ProjectIs(status)) => {
            let did = conflict::who(&database, id, status).await?;
            if status == ProjectStatus::Open && did.and_then(|did| did.by) == Some(by) {
                return published();
            }
            conflict::moved_on(&database, shell, wanted, status).await
        }
        Err(ChangeRefused::Held) => held::refused(&database, shell, wanted).await,
        Err(ChangeRefused::Changed { .. }) => {
            let again = (format!("/projects/{id}/publish"), "Read the new version".to_owned());
            conflict::changed(&database, shell, wanted, again).await
        }
        Err(
            ChangeRefused::DeadlinePassed
            | ChangeRefused::PriceBasisFixed
            | ChangeRefused::SealSettled
            | ChangeRefused::DeadlineOnlyLater
            | ChangeRefused::BidsOpened,
        ) => {
            let view = managed(&database, id, by).await?;
            let mut errors = FieldErrors::new();
            errors.add("deadline", "Edit the project and set a deadline that lies ahead, then publish it");
            let page = Page { shell, project: view.project, organisation: view.organisation, errors };
            respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(ChangeRefused::Missing) => Err(PageError::NotFound),
        Err(ChangeRefused::NotAllowed) => Err(managed::not_allowed()),
    }
}

impl Page {
    fn budget(&self) -> String {
        words::budget(self.project.kind, self.project.from(), self.project.to())
    }

    fn words_of_bids(&self) -> &'static str {
        words::sealed(self.project.sealed)
    }

    fn closes(&self) -> Moment {
        shown::time(&self.shell.clock, self.project.deadline)
    }
}
