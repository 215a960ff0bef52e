//! Changing a project's words.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::conflict::{self, Wanted};
use super::held;
use super::managed::{self, managed};
use super::stale;
use super::typed::{FIELDS, Typed};
use super::words;
use crate::db::{Database, drafts};
use crate::domain::draft::Form;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ProjectId;
use crate::domain::money::Currency;
use crate::domain::project::{ChangeRefused, Project, ProjectStatus};
use crate::operations::projects::edit_project;
use crate::web::context::{Id, SignedIn};
use crate::web::drafts::pad::{self, Pad};
use crate::web::drafts::{let_go, stamp};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::merge::Marks;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

const NOT_SAVED: &str = "Your changes were not saved. What you typed stands below.";

#[derive(Template)]
#[template(path = "projects/edit.html")]
struct Page {
    shell: Shell,
    project: Project,
    typed: Typed,
    errors: FieldErrors,
    version: String,
    base: Marks,
    pad: Pad,
}

/// Shows the form.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database) -> Answer {
    let (by, shell) = (signed_in.id(), signed_in.shell());
    let project = managed(&database, id.0, by).await?.project;
    if !is_editable(&project) {
        let wanted = Wanted { by, project: project.id, undone: "The project cannot be edited.", typed: None };
        return conflict::moved_on(&database, shell, wanted, project.status).await;
    }
    if project.is_held() {
        let wanted = Wanted { by, project: project.id, undone: "The project cannot be edited.", typed: None };
        return held::refused(&database, shell, wanted).await;
    }
    let stands = Typed::of(&project, &shell.clock);
    let (form, errors) = (Form::EditProject(project.id), FieldErrors::new());
    let draft = database.run(move |conn| Ok(drafts::find(conn, by, form)?)).await?;
    let mut pad = Pad::new(form, draft.as_ref(), &shell.clock);
    let Some(fields) = draft.as_ref().map(pad::fields) else {
        let (version, base) = (project.version.to_string(), stands.marks());
        return respond::page(&Page { shell, project, typed: stands, errors, version, base, pad });
    };
    // what was settled by publishing is not a draft's to change
    let settled = |name| project.status == ProjectStatus::Open && matches!(name, "kind" | "currency" | "sealed");
    let typed = Typed::draft(&fields, &stands);
    let typed = Typed::with(|name| if settled(name) { stands.get(name) } else { typed.get(name) }.to_owned());
    let (version, base) = (fields.get("version").to_owned(), Marks::parse(fields.get("base"), &FIELDS));
    if fields.version("version") != Some(project.version) {
        pad.changed = "The project was changed after you began: when you save, you see both and choose.".to_owned();
    }
    respond::page(&Page { shell, project, typed, errors, version, base, pad })
}

/// Writes the new words over the version that was read.
pub async fn submit(signed_in: SignedIn, id: Id<ProjectId>, database: Database, secrets: web::Data<Secrets>, sent: Fields) -> Answer {
    let (by, shell) = (signed_in.id(), signed_in.shell());
    let project = managed(&database, id.0, by).await?.project;
    let typed = chosen(&sent, &Typed::of(&project, &shell.clock));
    let wanted = |typed| Wanted { by, project: id.0, undone: NOT_SAVED, typed: Some(typed) };
    if !is_editable(&project) {
        return conflict::moved_on(&database, shell, wanted(typed), project.status).await;
    }
    let form = Form::EditProject(id.0);
    let again = |shell, project, typed, errors| {
        let (version, base, pad) = (sent.get("version").to_owned(), Marks::parse(sent.get("base"), &FIELDS), Pad::again(form));
        respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell, project, typed, errors, version, base, pad })
    };
    let content = match typed.parse(&shell.clock, Some(&project)) {
        Ok(content) => content,
        Err(errors) => return again(shell, project, typed, errors),
    };
    let (project_id, seen, page) = (id.0, sent.version("version"), stamp(&sent).page);
    let done = database.change(move |conn| {
        edit_project(conn, by, project_id, &content, seen)?;
        let_go(conn, by, form, page.as_ref());
        Ok(())
    });
    match PageError::unless_refused(done.await)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/projects/{project_id}"), "good", said(&project)),
        Err(ChangeRefused::Changed { .. }) => {
            let now = managed(&database, project_id, by).await?.project;
            stale::page(&database, shell, now, typed, &Marks::parse(sent.get("base"), &FIELDS)).await
        }
        Err(ChangeRefused::ProjectIs(status)) => conflict::moved_on(&database, shell, wanted(typed), status).await,
        Err(ChangeRefused::Held) => held::refused(&database, shell, wanted(typed)).await,
        Err(ChangeRefused::Missing) => Err(PageError::NotFound),
        Err(ChangeRefused::NotAllowed) => Err(managed::not_allowed()),
        Err(why) => again(shell, project, typed, wrong(why)),
    }
}

/// What does not fit with what is stored, beside its field.
fn wrong(why: ChangeRefused) -> FieldErrors {
    let (field, message) = match why {
        ChangeRefused::PriceBasisFixed => ("budget_min", "Keep the currency and the way of paying: proposals name prices in them"),
        ChangeRefused::SealSettled => ("sealed", "Keep it: whether bids are sealed was settled when the project was published"),
        ChangeRefused::DeadlineOnlyLater => ("deadline", "Enter a later day and time: a sealed bid was sent, so that it only moves later"),
        ChangeRefused::BidsOpened => ("deadline", "Keep the day and time: the sealed bids are open"),
        _ => ("deadline", "Enter a day and time that lie ahead"),
    };
    let mut errors = FieldErrors::new();
    errors.add(field, message);
    errors
}

fn is_editable(project: &Project) -> bool {
    matches!(project.status, ProjectStatus::Draft | ProjectStatus::Open)
}

fn said(project: &Project) -> &'static str {
    match project.status {
        ProjectStatus::Open => {
            "Your changes are saved. Proposals that were sent before answer the earlier words until they are confirmed or sent again."
        }
        _ => "Your changes are saved.",
    }
}

/// What was typed; where the page of two versions was answered with "theirs", what stands there now.
fn chosen(sent: &Fields, now: &Typed) -> Typed {
    let typed = Typed::sent(sent);
    Typed::with(|name| {
        // whoever does not say whether bids are sealed does not change it
        let theirs = sent.get(&format!("take.{name}")) == "theirs" || name == "sealed" && !sent.has(name);
        if theirs { now.get(name) } else { typed.get(name) }.to_owned()
    })
}

impl Page {
    fn clock(&self) -> String {
        words::clock(&self.shell.zone)
    }

    fn currencies(&self) -> Vec<&'static str> {
        Currency::all().map(Currency::code).collect()
    }

    fn fixed(&self) -> bool {
        self.project.status == ProjectStatus::Open
    }

    fn closes(&self) -> shown::Moment {
        shown::time(&self.shell.clock, self.project.deadline)
    }
}
