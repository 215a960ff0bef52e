//! Answering a question, once for all; and correcting the answer.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::shown::Line;
use crate::db::enquiries::{Asked, Which};
use crate::db::projects::View;
use crate::db::{Database, enquiries, projects};
use crate::domain::enquiry::AnswerRefused;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::EnquiryId;
use crate::domain::project::ProjectStatus;
use crate::domain::words::EnquiryAnswer;
use crate::operations::enquiries::answer_enquiry;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::conflict::{self, Wanted};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const NOT_ANSWERED: &str = "Your answer was not given, and nobody was told.";

#[derive(Template)]
#[template(path = "enquiries/answer.html")]
struct Page {
    shell: Shell,
    view: View,
    line: Line,
    errors: FieldErrors,
    typed: String,
    /// How many answers the form shows.
    seen: usize,
    /// Whether somebody else answered after this form was opened.
    overtaken: bool,
}

/// Shows the question and the form.
pub async fn page(by: SignedIn, id: Id<EnquiryId>, database: Database) -> Answer {
    let (view, asked) = read(&by, id.0, &database).await?;
    if view.project.status != ProjectStatus::Open {
        let wanted = Wanted { by: by.id(), project: view.project.id, undone: "The question cannot be answered any more.", typed: None };
        return conflict::moved_on(&database, by.shell(), wanted, view.project.status).await;
    }
    let typed = asked.answers.last().map_or_else(String::new, |standing| standing.words.clone());
    respond::page(&Page::new(by.shell(), view, asked, FieldErrors::new(), typed))
}

/// Answers.
pub async fn submit(by: SignedIn, id: Id<EnquiryId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id, typed) = (by.id(), id.0, sent.get("answer").to_owned());
    let (view, asked) = read(&by, id, &database).await?;
    let words = match EnquiryAnswer::parse(&typed) {
        Ok(words) => words,
        Err(wrong) => {
            let mut errors = FieldErrors::new();
            errors.add("answer", wrong.to_string());
            let page = Page::new(by.shell(), view, asked, errors, typed);
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    // A form that does not say what it showed showed none.
    let seen = sent.version("version").unwrap_or_default();
    let done = database.change(move |conn| answer_enquiry(conn, user, id, seen, &words)).await;
    match PageError::unless_refused(done)? {
        Ok(project) => {
            let said = "Your answer stands on the project’s page, for everybody who can see the project.";
            respond::see_other_saying(&secrets, &format!("/projects/{project}"), "good", said)
        }
        Err(AnswerRefused::Answered { .. }) => {
            let (view, asked) = read(&by, id, &database).await?;
            let page = Page { overtaken: true, ..Page::new(by.shell(), view, asked, FieldErrors::new(), typed) };
            respond::page_with(StatusCode::CONFLICT, &page)
        }
        Err(AnswerRefused::ProjectIs(status)) => {
            let wanted = Wanted { by: user, project: view.project.id, undone: NOT_ANSWERED, typed: None };
            let kept = vec![("Your answer", typed)];
            conflict::moved_on_keeping(&database, by.shell(), wanted, status, kept).await
        }
        Err(AnswerRefused::Missing) => Err(PageError::NotFound),
        Err(AnswerRefused::NotAllowed) => Err(not_allowed()),
    }
}

/// The question and its project, for those who answer.
async fn read(by: &SignedIn, id: EnquiryId, database: &Database) -> Result<(View, Asked), PageError> {
    let user = Some(by.id());
    let found = database.run(move |conn| {
        let Some((project, _)) = enquiries::about(conn, id)? else { return Ok(None) };
        let Some(view) = projects::seen_by(conn, project, user)? else { return Ok(None) };
        let asked = enquiries::read(conn, Which::One(id), user)?.0.pop();
        Ok(asked.map(|asked| (view, asked)))
    });
    let (view, asked) = found.await?.ok_or(PageError::NotFound)?;
    if view.manages() { Ok((view, asked)) } else { Err(not_allowed()) }
}

fn not_allowed() -> PageError {
    PageError::NotAllowed("Owners and managers of the client answer questions about its projects.".to_owned())
}

impl Page {
    fn new(shell: Shell, view: View, asked: Asked, errors: FieldErrors, typed: String) -> Self {
        let seen = asked.answers.len();
        let line = Line::of(&view, asked, &shell.clock);
        Self { shell, view, line, errors, typed, seen, overtaken: false }
    }

    fn title(&self) -> &'static str {
        if self.seen == 0 { "Answer a question" } else { "Correct an answer" }
    }

    /// Who gave the answer that holds.
    fn who(&self) -> &str {
        self.line.answer.as_ref().map_or("Somebody", |said| said.by.as_str())
    }
}
