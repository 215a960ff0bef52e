//! What went wrong, as machines read it: `application/problem+json` (RFC 9457), from the same errors as the pages.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::{IntoResponses, ToSchema};

use crate::db::{Failure, Fault};
use crate::domain::field_errors::FieldErrors;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::web::error::PageError;
use crate::web::history::refused::why;

/// The kind of all such documents.
pub const KIND: &str = "application/problem+json";

/// What a handler answers.
pub type Answer = Result<HttpResponse, Problem>;

/// Why a request was not done, with what a machine may want to know of it.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct Problem {
    /// As pages know it.
    pub error: PageError,
    /// One word for it, that does not change.
    pub code: String,
    /// What else there is to say, by name.
    pub facts: Map<String, Value>,
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.error.status_code()
    }
    /// Without words: the frame writes them, and logs what is to be logged.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<PageError> for Problem {
    fn from(error: PageError) -> Self {
        let code = code_of(&error).to_owned();
        Self { error, code, facts: Map::new() }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        PageError::from(fault).into()
    }
}

impl From<Failure<std::convert::Infallible>> for Problem {
    fn from(failure: Failure<std::convert::Infallible>) -> Self {
        PageError::from(failure).into()
    }
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        PageError::Invalid(errors).into()
    }
}

/// One word for an error of the machinery.
pub(super) fn code_of(error: &PageError) -> &'static str {
    match error {
        PageError::NotFound => "missing",
        PageError::NotAllowed(_) => "not_allowed",
        PageError::Conflict(_) => "conflict",
        PageError::Busy => "busy",
        PageError::SignIn(_) | PageError::SignedOut | PageError::NoToken => "no_token",
        PageError::FactorFirst => "second_factor",
        PageError::TooMany(_) => "too_many",
        PageError::TooLarge => "too_large",
        PageError::BrokenOff => "broken_off",
        PageError::NotAForm => "not_json",
        PageError::CrossSite => "cross_site",
        PageError::Invalid(_) => "invalid",
        PageError::KeyReused => "key_reused",
        PageError::Precondition(_) => "precondition",
        PageError::PreconditionNeeded => "precondition_needed",
        PageError::Unavailable(_) => "unavailable",
        PageError::Unknown(_) => "unknown",
        PageError::Broken(_) => "broken",
    }
}

impl Problem {
    /// Something that is wrong with one field.
    pub fn field(field: &str, message: &str) -> Self {
        let mut errors = FieldErrors::new();
        errors.add(field, message);
        errors.into()
    }

    /// What the marketplace refused, in the words in which the history tells of it; `conditional` where the request said by
    /// `If-Match` what it had seen.
    pub fn refused<E: Refusal>(act: &str, refusal: &E, conditional: bool) -> Self {
        let recorded = format!("{refusal:?}");
        let name: String = recorded.chars().take_while(char::is_ascii_alphabetic).collect();
        let words = why(act, &recorded);
        let error = match refusal.kind() {
            RefusalKind::Stale if conditional => PageError::Precondition(words),
            RefusalKind::Invalid => {
                let mut errors = FieldErrors::new();
                errors.add(snake(&name), words);
                PageError::Invalid(errors)
            }
            _ => PageError::refused(refusal, words),
        };
        let mut problem = Self { error, code: snake(&name), facts: Map::new() };
        for (recorded_as, fact) in [("seen", "expected"), ("now", "found"), ("answers", "answers")] {
            if let Some(number) = number(&recorded, recorded_as) {
                problem = problem.with(fact, number);
            }
        }
        problem
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }
}

/// `seen: 5` in a recorded refusal.
fn number(recorded: &str, name: &str) -> Option<i64> {
    let (_, rest) = recorded.split_once(&format!("{name}: "))?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// `ProjectIs` as `project_is`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Why a request was not done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// The address of its explanation.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened, in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in a sentence.
    pub detail: String,
    /// One word for it, that does not change.
    pub code: String,
    /// What is wrong with each field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldProblem>,
    /// The version that the request had read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<i64>,
    /// The version that there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<i64>,
    /// Under which the server's log has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// More facts, by name.
    #[serde(flatten)]
    #[schema(ignore)]
    pub more: Map<String, Value>,
}

/// What is wrong with a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Its name.
    pub field: String,
    /// A sentence for people.
    pub message: String,
}

/// The answers that every request may get.
#[derive(IntoResponses)]
pub enum Problems {
    /// What was sent makes no sense; each field says why.
    #[response(status = 400, content_type = "application/problem+json")]
    Invalid(ProblemDocument),
    /// No token, or one that does not hold (any more).
    #[response(status = 401, content_type = "application/problem+json")]
    NoToken(ProblemDocument),
    /// Seen, but not yours to do; or the token lacks the scope.
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(ProblemDocument),
    /// Not there, or not yours to know of.
    #[response(status = 404, content_type = "application/problem+json")]
    Missing(ProblemDocument),
    /// Too late, busy (with Retry-After) or stale.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(ProblemDocument),
    /// The version in If-Match is not the one that there is.
    #[response(status = 412, content_type = "application/problem+json")]
    Precondition(ProblemDocument),
    /// The Idempotency-Key was used for another request.
    #[response(status = 422, content_type = "application/problem+json")]
    KeyReused(ProblemDocument),
    /// More requests than this token may make: again after Retry-After seconds.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(ProblemDocument),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::{AwardRefused, ChangeRefused, ProjectStatus};

    #[test]
    fn a_refusal_has_its_word_its_sentence_and_both_versions() {
        let stale = Problem::refused("edit_project", &ChangeRefused::Changed { seen: 5, now: 7 }, false);
        assert_eq!((stale.code.as_str(), stale.status_code()), ("changed", StatusCode::CONFLICT));
        assert_eq!((stale.facts["expected"].as_i64(), stale.facts["found"].as_i64()), (Some(5), Some(7)));
        let failed = Problem::refused("edit_project", &ChangeRefused::Changed { seen: 5, now: 7 }, true);
        assert_eq!(failed.status_code(), StatusCode::PRECONDITION_FAILED);
        let late = Problem::refused("accept_proposal", &AwardRefused::ProjectIs(ProjectStatus::Assigned), true);
        assert_eq!((late.code.as_str(), late.to_string().as_str()), ("project_is", "conflict: The project was assigned by then."));
    }
}
