//! Too late: somebody moved the project on, or changed it, while this person had a page of it open.

use actix_web::http::StatusCode;
use askama::Template;

use super::actions::Link;
use super::typed::Typed;
use crate::db::Database;
use crate::db::projects::{self, Did};
use crate::domain::event::EventKind;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::ProjectStatus;
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What was typed and stands on the page: labels and words.
pub type Kept = Vec<(&'static str, String)>;

/// What the person wanted, as the page speaks of it.
pub struct Wanted {
    /// Who.
    pub by: UserId,
    /// With which project.
    pub project: ProjectId,
    /// What did not happen, as a sentence.
    pub undone: &'static str,
    /// What they typed: kept on the page.
    pub typed: Option<Typed>,
}

/// Who, what did not happen, when, what it means, what now, what was kept.
#[derive(Template)]
#[template(path = "projects/conflict.html")]
pub struct Page {
    pub shell: Shell,
    pub title: String,
    pub undone: &'static str,
    pub happened: Option<(String, Moment)>,
    pub means: String,
    pub kept: Kept,
    pub links: Vec<Link>,
}

/// The event that brought a project into a state.
const fn event_of(status: ProjectStatus) -> EventKind {
    match status {
        ProjectStatus::Draft => EventKind::ProjectDrafted,
        ProjectStatus::Open => EventKind::ProjectPublished,
        ProjectStatus::Assigned => EventKind::ProposalAccepted,
        ProjectStatus::Completed => EventKind::ProjectCompleted,
        ProjectStatus::Cancelled => EventKind::ProjectCancelled,
    }
}

/// Who brought the project into this state.
pub async fn who(database: &Database, project: ProjectId, status: ProjectStatus) -> Result<Option<Did>, PageError> {
    Ok(database.run(move |conn| Ok(projects::last(conn, project, event_of(status))?)).await?)
}

/// Somebody moved the project into another state.
pub async fn moved_on(database: &Database, shell: Shell, wanted: Wanted, status: ProjectStatus) -> Answer {
    let kept = wanted.typed.as_ref().map(Typed::kept).unwrap_or_default();
    moved_on_keeping(database, shell, wanted, status, kept).await
}

/// The same, where what was typed is no project.
pub async fn moved_on_keeping(database: &Database, shell: Shell, wanted: Wanted, status: ProjectStatus, kept: Kept) -> Answer {
    let did = who(database, wanted.project, status).await?;
    let (verb, means) = match status {
        ProjectStatus::Draft => ("wrote this project", "It is a draft."),
        ProjectStatus::Open => ("published this project", "It takes proposals until its deadline. Every freelancer can see it."),
        ProjectStatus::Assigned => {
            ("accepted a proposal", "A project has one accepted proposal. It cannot be changed or cancelled any more.")
        }
        ProjectStatus::Completed => ("completed this project", "The work is done. The project cannot be changed any more."),
        ProjectStatus::Cancelled => ("cancelled this project", "It takes no proposals. You can copy it into a new one."),
    };
    let mut links = vec![(format!("/projects/{}", wanted.project), "Look at the project".to_owned())];
    if status == ProjectStatus::Cancelled {
        links.push((format!("/projects/new?from={}", wanted.project), "Copy it into a new one".to_owned()));
    }
    answer(shell, &wanted, did, verb, means, links, kept)
}

/// Somebody changed the project's words after this person opened a page that asks to confirm.
pub async fn changed(database: &Database, shell: Shell, wanted: Wanted, again: Link) -> Answer {
    let project = wanted.project;
    let did = database.run(move |conn| Ok(projects::last(conn, project, EventKind::ProjectEdited)?)).await?;
    let links = vec![again, (format!("/projects/{project}"), "Look at the project".to_owned())];
    let means = "You confirmed an earlier version than the one that is there now.";
    answer(shell, &wanted, did, "changed this project", means, links, Kept::new())
}

/// What cannot be done now, whoever did what.
pub struct Cannot {
    /// Why, in short.
    pub title: String,
    /// What that means, in whole sentences.
    pub means: String,
    /// Ways on.
    pub links: Vec<Link>,
}

/// Nobody was first, and still it cannot be done.
pub fn cannot(shell: Shell, wanted: &Wanted, why: Cannot) -> Answer {
    cannot_since(shell, wanted, why, None, Kept::new())
}

/// It cannot be done since something happened, and what was typed is kept.
pub fn cannot_since(shell: Shell, wanted: &Wanted, why: Cannot, happened: Option<(String, Moment)>, kept: Kept) -> Answer {
    let Cannot { title, means, links } = why;
    let page = Page { shell, title, undone: wanted.undone, happened, means, kept, links };
    respond::page_with(StatusCode::CONFLICT, &page)
}

fn answer(shell: Shell, wanted: &Wanted, did: Option<Did>, verb: &str, means: &'static str, links: Vec<Link>, kept: Kept) -> Answer {
    let name = match &did {
        Some(did) if did.by == Some(wanted.by) => "You".to_owned(),
        Some(Did { name: Some(name), .. }) => name.clone(),
        _ => "Somebody".to_owned(),
    };
    let title = format!("{name} {verb} before that");
    let happened = did.map(|did| (format!("{name} {verb}"), shown::exact(&shell.clock, did.at)));
    let page = Page { shell, title, undone: wanted.undone, happened, means: means.to_owned(), kept, links };
    respond::page_with(StatusCode::CONFLICT, &page)
}
