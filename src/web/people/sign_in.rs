//! Signing in.

use actix_session::Session;
use actix_web::HttpRequest;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::next::Next;
use super::proof::Prover;
use crate::domain::field_errors::FieldErrors;
use crate::domain::words::Email;
use crate::web::context::Visitor;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::session;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    email: String,
    next: Next,
}

/// Shows the form; leads on whoever is signed in.
pub async fn page(visitor: Visitor, request: HttpRequest) -> Answer {
    let next = Next::parse(Fields::parse(request.query_string().as_bytes()).get("next"));
    if visitor.person().is_some() {
        return respond::see_other(next.as_str());
    }
    respond::page(&Page { shell: visitor.shell(), errors: FieldErrors::new(), email: String::new(), next })
}

/// Signs in.
pub async fn submit(visitor: Visitor, prover: Prover, session: Session, fields: Fields) -> Answer {
    let next = Next::parse(fields.get("next"));
    let (mut errors, mut again_in) = (FieldErrors::new(), None);
    let email = errors.take("email", Email::parse(fields.get("email")));
    if fields.get("password").is_empty() {
        errors.add("password", "Enter your password");
    }
    if let (Some(email), true) = (email, errors.is_empty()) {
        match prover.prove(&email, fields.get("password")).await {
            Ok(Some(account)) => {
                session::sign_in(&session, prover.sign_in(account).await?)?;
                return respond::see_other(next.as_str());
            }
            Ok(None) => errors.add("password", "The e-mail address or the password is not right"),
            Err(PageError::TooMany(seconds)) => {
                let minutes = seconds.div_ceil(60);
                errors.add("password", format!("There were too many tries. You can try again in {minutes} minutes"));
                again_in = Some(seconds);
            }
            Err(error) => return Err(error),
        }
    }
    let page = Page { shell: visitor.shell(), errors, email: fields.get("email").to_owned(), next };
    match again_in {
        None => respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page),
        Some(seconds) => {
            let mut answer = respond::page_with(StatusCode::TOO_MANY_REQUESTS, &page)?;
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            Ok(answer)
        }
    }
}
