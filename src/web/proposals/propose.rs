//! The form of a proposal: a new one, or the freelancer's own to be changed.

use actix_web::http::StatusCode;
use askama::Template;

use super::desk::{self, Desk};
use super::not_sent;
use super::typed::{Row, Typed};
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ProjectId;
use crate::domain::project::ProjectKind;
use crate::domain::proposal::ProposalStatus;
use crate::domain::words::{Answer as AnswerWords, CoverLetter};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
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
}

/// Shows the form.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database) -> Answer {
    let user = signed_in.id();
    let desk = database.run(move |conn| Ok(desk::read(conn, id.0, user)?)).await?.ok_or(PageError::NotFound)?;
    let shell = signed_in.shell();
    if let Some(why) = desk.blocked(None, None) {
        return match &desk.own {
            // its page says how it ended
            Some(own) => respond::see_other(&format!("/proposals/{}", own.id)),
            None => not_sent::page(shell, desk, None, why),
        };
    }
    let typed = match &desk.own {
        Some(own) => Typed::own(own, &desk.project, &shell.clock),
        None => Typed::new(&desk.project, &shell.clock),
    };
    form(shell, desk, typed, FieldErrors::new())
}

/// The form as it was filled in: 422 where something is wrong with it.
pub(super) fn form(shell: Shell, desk: Desk, typed: Typed, errors: FieldErrors) -> Answer {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    respond::page_with(status, &Form { shell, desk, typed, errors })
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
