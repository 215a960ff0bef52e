//! A project as admins read of it, and what they may do about it: hold it and release it, each with a reason. Of what was offered
//! nothing stands here, sealed or not.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::acts::{self, Told, TooLate};
use crate::db::{Connection, Database, Failure, act_words, projects};
use crate::domain::event::Root;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::{HoldRefused, Project, ProjectStatus, Visibility};
use crate::domain::words::Reason;
use crate::operations::projects::{hold_project, release_project};
use crate::web::context::{Admin, Id};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::markdown::{self, SafeHtml};
use crate::web::projects::held;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "admin/project.html")]
struct Page {
    shell: Shell,
    project: Project,
    organisation: String,
    acts: Vec<Told>,
    errors: FieldErrors,
    /// What was typed where it was refused.
    reason: String,
}

/// Shows it.
pub async fn page(by: Admin, Id(id): Id<ProjectId>, database: Database) -> Answer {
    shown(by, id, &database, StatusCode::OK, FieldErrors::new(), String::new()).await
}

async fn shown(by: Admin, id: ProjectId, database: &Database, status: StatusCode, errors: FieldErrors, reason: String) -> Answer {
    let read = database.run(move |conn| {
        let Some(project) = projects::find(conn, id)? else { return Ok(None) };
        let organisation = projects::organisation_name(conn, project.organisation_id)?;
        Ok::<_, Failure<std::convert::Infallible>>(Some((project, organisation, act_words::of(conn, Root::Project(id))?)))
    });
    let (project, organisation, acts) = read.await?.ok_or(PageError::NotFound)?;
    let shell = by.shell();
    let acts = acts::told(&shell, acts);
    respond::page_with(status, &Page { shell, project, organisation, acts, errors, reason })
}

/// Holds it.
pub async fn hold(by: Admin, id: Id<ProjectId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    act(by, id, database, secrets, sent, hold_project, "The project is held. Both sides read your reason on its page.").await
}

/// Lets it go on.
pub async fn release(by: Admin, id: Id<ProjectId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    act(by, id, database, secrets, sent, release_project, "The project is released: it goes on as it stands.").await
}

type Operation = fn(&mut Connection<'_>, UserId, ProjectId, &Reason) -> Result<(), Failure<HoldRefused>>;

async fn act(
    by: Admin,
    Id(id): Id<ProjectId>,
    database: Database,
    secrets: Data<Secrets>,
    sent: Fields,
    operation: Operation,
    said: &'static str,
) -> Answer {
    let mut errors = FieldErrors::new();
    let Some(reason) = errors.take("reason", Reason::parse(sent.get("reason"))) else {
        return shown(by, id, &database, StatusCode::UNPROCESSABLE_ENTITY, errors, sent.get("reason").to_owned()).await;
    };
    let (user, typed) = (by.id(), reason.as_str().to_owned());
    let done = database.change(move |conn| operation(conn, user, id, &reason)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/admin/projects/{id}"), "good", said),
        Err(why) => refused(by, id, &database, why, typed).await,
    }
}

/// Who was first, and what now.
async fn refused(by: Admin, id: ProjectId, database: &Database, why: HoldRefused, reason: String) -> Answer {
    let (title, means) = match why {
        HoldRefused::Missing => return Err(PageError::NotFound),
        HoldRefused::HeldSince(_) => ("Somebody held this project first", "It is held already: there is one hold, with the first reason."),
        HoldRefused::IsFree => ("This project is not held any more", "It goes on as it stands."),
        HoldRefused::ProjectIs(ProjectStatus::Cancelled) => {
            ("This project was cancelled before that", "There is nothing left to hold: nobody can win it.")
        }
        HoldRefused::ProjectIs(_) => ("This project was decided before that", "A contract that runs is not touched by a hold."),
    };
    let is_last_act = !matches!(why, HoldRefused::ProjectIs(_));
    let link = (format!("/admin/projects/{id}"), "Look at the project");
    acts::too_late(by.shell(), database, Root::Project(id), TooLate { title, means, is_last_act, reason, link }).await
}

impl Page {
    fn hold(&self) -> Option<held::Hold> {
        held::of(&self.project, &self.shell.clock)
    }

    /// Whether there is anything left that a hold would keep from happening.
    fn may_hold(&self) -> bool {
        matches!(self.project.status, ProjectStatus::Draft | ProjectStatus::Open)
    }

    /// Whether it has a page that everybody can open.
    fn is_public(&self) -> bool {
        self.project.published_at.is_some() && self.project.visibility == Visibility::Public
    }

    fn published(&self) -> Option<Moment> {
        self.project.published_at.map(|at| shown::time(&self.shell.clock, at))
    }

    fn closes(&self) -> Moment {
        shown::time(&self.shell.clock, self.project.deadline)
    }

    fn description(&self) -> SafeHtml {
        markdown::render(&self.project.description)
    }
}
