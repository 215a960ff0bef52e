//! The form of a proposal: a new one, or the freelancer's own to be changed.

use actix_web::http::StatusCode;
use askama::Template;

use super::desk::{self, Desk};
use super::not_sent;
use super::terms::Change;
use super::typed::{Row, Typed};
use crate::db::files::Listed;
use crate::db::{Database, PgConnection, drafts};
use crate::domain::draft::Form as LongForm;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ProjectId;
use crate::domain::project::ProjectKind;
use crate::domain::proposal::{Proposal, ProposalStatus};
use crate::domain::words::{Answer as AnswerWords, CoverLetter};
use crate::web::context::{Id, SignedIn};
use crate::web::drafts::pad::{self, Pad};
use crate::web::error::PageError;
use crate::web::files::shown::{Shown, all};
use crate::web::projects::words;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "proposals/form.html")]
struct Form {
    shell: Shell,
    desk: Desk,
    typed: Typed,
    errors: FieldErrors,
    pad: Pad,
    /// What the project says otherwise than when the draft was begun.
    changes: Vec<Change>,
    /// The files that are added.
    held: Vec<Shown>,
}

/// Shows the form.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database) -> Answer {
    let (user, long) = (signed_in.id(), LongForm::Proposal(id.0));
    let read = move |conn: &mut PgConnection| {
        let Some(desk) = desk::read(conn, id.0, user)? else { return Ok(None) };
        let draft = drafts::find(conn, user, long)?;
        let held = match &draft {
            Some(draft) => desk::held(conn, &desk, user, &Typed::sent(&pad::fields(draft)).files)?,
            None => desk.files.clone(),
        };
        Ok(Some((desk, draft, held)))
    };
    let (desk, draft, held) = database.run(read).await?.ok_or(PageError::NotFound)?;
    let shell = signed_in.shell();
    if let Some(why) = desk.blocked(None, None) {
        return match &desk.own {
            // its page says how it ended
            Some(own) => respond::see_other(&format!("/proposals/{}", own.id)),
            None => not_sent::page(shell, desk, None, why),
        };
    }
    let mut pad = Pad::new(long, draft.as_ref(), &shell.clock);
    let (mut typed, changes) = match (&draft, &desk.own) {
        (Some(draft), _) => Typed::draft(&pad::fields(draft), &desk.project, &shell.clock),
        (None, Some(own)) => (Typed::own(own, &desk.files, &desk.project, &shell.clock), Vec::new()),
        (None, None) => (Typed::new(&desk.project, &shell.clock), Vec::new()),
    };
    let is_stale = |own: &Proposal| typed.seen_version().is_some_and(|seen| seen != own.version);
    if draft.is_some() && desk.own.as_ref().is_some_and(is_stale) {
        pad.changed = "Your proposal was sent from another window after you began: before this one is sent you see both.".to_owned();
    }
    typed.draft.clone_from(&pad.token);
    respond::page(&Form { shell, desk, typed, errors: FieldErrors::new(), pad, changes, held: all(&held) })
}

/// The form as it was filled in: 422 where something is wrong with it.
pub(super) fn form(shell: Shell, desk: Desk, typed: Typed, errors: FieldErrors, held: &[Listed]) -> Answer {
    let (status, typed) = if errors.is_empty() { (StatusCode::OK, typed) } else { (StatusCode::UNPROCESSABLE_ENTITY, typed.kept()) };
    let pad = Pad::again(LongForm::Proposal(desk.project.id));
    respond::page_with(status, &Form { shell, desk, typed, errors, pad, changes: Vec::new(), held: all(held) })
}

impl Form {
    fn title(&self) -> &'static str {
        match &self.desk.own {
            None => "Send a proposal",
            Some(own) if own.status == ProposalStatus::Withdrawn => "Send your proposal again",
            Some(_) => "Change your proposal",
        }
    }

    fn closes(&self) -> Moment {
        shown::time(&self.shell.clock, self.desk.project.deadline)
    }

    fn by_the_hour(&self) -> bool {
        self.desk.project.kind == ProjectKind::Hourly
    }

    fn price_label(&self) -> String {
        let of = if self.by_the_hour() { "Price of an hour" } else { "Total price" };
        format!("{of} in {}", self.desk.project.currency)
    }

    fn price_hint(&self) -> String {
        let project = &self.desk.project;
        format!("Before tax. The budget is {}.", words::budget(project.kind, project.from(), project.to()))
    }

    /// What was answered to the question in this place.
    fn answer(&self, place: &usize) -> &str {
        self.typed.answers.get(*place).map_or("", String::as_str)
    }

    /// The milestones' rows, of which the first stands there from the beginning.
    fn rows(&self) -> Vec<Row> {
        if self.typed.milestones.is_empty() { vec![Row::default()] } else { self.typed.milestones.clone() }
    }

    /// The project changed after the own proposal was sent.
    fn is_older(&self) -> bool {
        self.desk
            .own
            .as_ref()
            .is_some_and(|own| own.status == ProposalStatus::Pending && own.scope_version != self.desk.project.scope_version)
    }

    fn answer_hint(&self) -> String {
        format!("At most {} characters.", AnswerWords::MOST)
    }

    fn letter_hint(&self) -> String {
        format!("At most {} characters. Markdown works: **bold**, - lists, [links](https://…).", CoverLetter::MOST)
    }
}
