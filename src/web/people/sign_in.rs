//! Signing in.

use actix_session::Session;
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use super::code;
use super::let_in::{Door, Goal};
use super::next::Next;
use super::proof::Prover;
use crate::domain::field_errors::FieldErrors;
use crate::domain::user::Proved;
use crate::domain::words::Email;
use crate::web::context::Visitor;
use crate::web::drafts::carried::Carried;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::letters::Letterhead;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    email: String,
    next: Next,
    /// What was typed when the session had ended.
    carried: Option<Carried>,
}

/// Shows the form; leads on whoever is signed in.
pub async fn page(visitor: Visitor, request: HttpRequest) -> Answer {
    let next = Next::parse(Fields::parse(request.query_string().as_bytes()).get("next"));
    if visitor.person().is_some() {
        return respond::see_other(next.as_str());
    }
    respond::page(&Page { shell: visitor.shell(), errors: FieldErrors::new(), email: String::new(), next, carried: None })
}

/// For somebody who sent a long form and is not signed in any more: signing in here keeps what they typed.
pub fn again(shell: Shell, carried: Carried) -> HttpResponse {
    let next = Next::parse(&carried.form.address());
    let page = Page { shell, errors: FieldErrors::new(), email: String::new(), next, carried: Some(carried) };
    respond::page_with(StatusCode::FORBIDDEN, &page).unwrap_or_else(|error| error.error_response())
}

/// Signs in, or asks for a code; whoever is kept out is told why.
pub async fn submit(
    visitor: Visitor,
    prover: Prover,
    session: Session,
    secrets: Data<Secrets>,
    head: Data<Letterhead>,
    fields: Fields,
) -> Answer {
    let goal = Goal { next: Next::parse(fields.get("next")), carried: Carried::read(&fields) };
    let (mut errors, mut again_in) = (FieldErrors::new(), None);
    let email = errors.take("email", Email::parse(fields.get("email")));
    if fields.get("password").is_empty() {
        errors.add("password", "Enter your password");
    }
    if let (Some(email), true) = (email, errors.is_empty()) {
        match prover.prove(&email, fields.get("password")).await {
            Ok(Some(account)) => {
                return match prover.sign_in(account.clone()).await? {
                    Proved::Half(half) => code::asked(visitor.shell(), &secrets, &half, goal),
                    Proved::Whole(proof) => Door { prover, session, secrets, head }.let_in(visitor.shell(), account, proof, goal).await,
                };
            }
            Ok(None) => errors.add("password", "The e-mail address or the password is not right"),
            Err(PageError::TooMany(seconds)) => {
                errors.add("password", code::too_many(seconds));
                again_in = Some(seconds);
            }
            Err(error) => return Err(error),
        }
    }
    let page = Page { shell: visitor.shell(), errors, email: fields.get("email").to_owned(), next: goal.next, carried: goal.carried };
    match again_in {
        None => respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page),
        Some(seconds) => {
            let mut answer = respond::page_with(StatusCode::TOO_MANY_REQUESTS, &page)?;
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            Ok(answer)
        }
    }
}
