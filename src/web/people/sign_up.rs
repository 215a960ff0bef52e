//! Making an account.

use actix_session::Session;
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::code;
use super::let_in::Goal;
use super::next::Next;
use super::proof::Prover;
use crate::domain::field_errors::FieldErrors;
use crate::domain::user::{Proved, TimeZoneName};
use crate::domain::words::{Email, OrganisationName, Password, PersonName};
use crate::operations::people::{Purpose, SignUp, SignUpRefused, sign_up};
use crate::web::context::Visitor;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::session;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/sign_up.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    typed: Fields,
    next: Next,
}

impl Page {
    /// Whether this is what they come for, as far as they said.
    fn comes_as(&self, purpose: &str) -> bool {
        match self.typed.get("as") {
            "" => purpose == "colleague" && self.next.is_joining(),
            typed => typed == purpose,
        }
    }
}

/// Shows the form; leads on whoever is signed in. `?as=client` or `?as=freelancer` chooses what for.
pub async fn page(visitor: Visitor, request: HttpRequest) -> Answer {
    let typed = Fields::parse(request.query_string().as_bytes());
    let next = Next::parse(typed.get("next"));
    if visitor.person().is_some() {
        return respond::see_other(next.as_str());
    }
    respond::page(&Page { shell: visitor.shell(), errors: FieldErrors::new(), typed, next })
}

/// Makes the account and signs in. The second click of two finds the first one's account, and its password is right.
pub async fn submit(visitor: Visitor, prover: Prover, session: Session, secrets: Data<Secrets>, typed: Fields) -> Answer {
    let next = Next::parse(typed.get("next"));
    let errors = match parse(&typed) {
        Err(errors) => errors,
        Ok((email, name, password, purpose)) => {
            let password_hash = prover.hash(password.secret()).await?;
            let new = SignUp { email: email.clone(), name, password_hash, time_zone: zone(&typed), purpose };
            let made = prover.database.change(move |conn| sign_up(conn, &new)).await;
            let proof = match PageError::unless_refused(made)? {
                Ok(proof) => Some(Proved::Whole(proof)),
                Err(SignUpRefused::EmailTaken) => match prover.prove(&email, password.secret()).await? {
                    Some(account) => Some(prover.sign_in(account).await?),
                    None => None,
                },
            };
            match proof {
                Some(Proved::Whole(proof)) => {
                    session::sign_in(&session, proof, prover.device().clone())?;
                    return respond::see_other(next.as_str());
                }
                Some(Proved::Half(half)) => return code::asked(visitor.shell(), &secrets, &half, Goal { next, carried: None }),
                None => {}
            }
            let mut errors = FieldErrors::new();
            errors.add("email", "This e-mail address has an account already: sign in with it");
            errors
        }
    };
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell: visitor.shell(), errors, typed, next })
}

/// The browser's time zone, where a script could say it; the account page changes it.
fn zone(typed: &Fields) -> TimeZoneName {
    TimeZoneName::parse(typed.get("time_zone")).unwrap_or_default()
}

fn parse(typed: &Fields) -> Result<(Email, PersonName, Password, Purpose), FieldErrors> {
    let mut wrong = FieldErrors::new();
    let purpose = match typed.get("as") {
        "client" => wrong.take("organisation", OrganisationName::parse(typed.get("organisation"))).map(Purpose::Client),
        "freelancer" => Some(Purpose::Freelancer),
        "colleague" => Some(Purpose::Colleague),
        _ => wrong.take("as", Err::<Purpose, _>("Choose what you come for")),
    };
    let name = wrong.take("name", PersonName::parse(typed.get("name")));
    let email = wrong.take("email", Email::parse(typed.get("email")));
    let password = wrong.take("password", Password::parse(typed.get("password")));
    let parsed = (|| Some((email?, name?, password?, purpose?)))();
    wrong.or(parsed)
}
