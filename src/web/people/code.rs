//! The second half of signing in: the question for a code.

use actix_session::Session;
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::half;
use super::let_in::{Door, Goal};
use super::next::Next;
use super::proof::Prover;
use super::sign_in::again;
use crate::domain::field_errors::FieldErrors;
use crate::domain::user::{Code, FactorRefused, HalfSignIn, Vault};
use crate::web::context::Visitor;
use crate::web::drafts::carried::Carried;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::letters::Letterhead;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/code.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    next: Next,
    carried: Option<Carried>,
}

/// Leads somebody there whose password was right. What they had typed when their session ended is carried on by the page.
pub fn asked(shell: Shell, secrets: &Secrets, half: &HalfSignIn, goal: Goal) -> Answer {
    let mut answer = match goal.carried {
        None => respond::see_other(&goal.next.behind("/sign-in/code"))?,
        carried => respond::page(&Page { shell, errors: FieldErrors::new(), next: goal.next, carried })?,
    };
    put(&mut answer, &half::cookie(secrets, half))?;
    Ok(answer)
}

/// Asks for the code.
pub async fn page(visitor: Visitor, request: HttpRequest) -> Answer {
    let next = Next::parse(Fields::parse(request.query_string().as_bytes()).get("next"));
    if visitor.person().is_some() {
        return respond::see_other(next.as_str());
    }
    match half::read(&request) {
        Some(_) => respond::page(&Page { shell: visitor.shell(), errors: FieldErrors::new(), next, carried: None }),
        None => respond::see_other(&next.behind("/sign-in")),
    }
}

/// Signs in, by a session that is new.
#[expect(clippy::too_many_arguments, reason = "what a sign-in takes, as the frame hands it over")]
pub async fn submit(
    visitor: Visitor,
    request: HttpRequest,
    prover: Prover,
    session: Session,
    secrets: Data<Secrets>,
    head: Data<Letterhead>,
    vault: Data<Vault>,
    fields: Fields,
) -> Answer {
    let goal = Goal { next: Next::parse(fields.get("next")), carried: Carried::read(&fields) };
    let Some(half) = half::read(&request) else { return over(visitor.shell(), &secrets, goal) };
    let (mut errors, mut again_in) = (FieldErrors::new(), None);
    if let Some(code) = typed(&fields, &mut errors) {
        match prover.code(half, &code, &vault).await {
            Ok(Ok((account, proof))) => {
                let door = Door { prover, session, secrets, head };
                let mut answer = door.let_in(visitor.shell(), account, proof, goal).await?;
                put(&mut answer, &half::gone())?;
                return Ok(answer);
            }
            Ok(Err(why @ (FactorRefused::Wrong | FactorRefused::Used))) => errors.add(place(&fields), words(why)),
            Ok(Err(_)) => return over(visitor.shell(), &secrets, goal),
            Err(PageError::TooMany(seconds)) => {
                errors.add(place(&fields), too_many(seconds));
                again_in = Some(seconds);
            }
            Err(error) => return Err(error),
        }
    }
    let status = if again_in.is_some() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut answer = respond::page_with(status, &Page { shell: visitor.shell(), errors, next: goal.next, carried: goal.carried })?;
    if let Some(seconds) = again_in {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

/// The right password came too long ago, or does not count any more: from the beginning, with what was typed.
fn over(shell: Shell, secrets: &Secrets, goal: Goal) -> Answer {
    let mut answer = match goal.carried {
        Some(carried) => again(shell, carried),
        None => {
            let said = "The code came more than five minutes after the password, or the account changed meanwhile. Sign in again.";
            respond::see_other_saying(secrets, &goal.next.behind("/sign-in"), "heed", said)?
        }
    };
    put(&mut answer, &half::gone())?;
    Ok(answer)
}

fn put(answer: &mut HttpResponse, cookie: &actix_web::cookie::Cookie<'_>) -> Result<(), PageError> {
    answer.add_cookie(cookie).map_err(|error| PageError::Broken(error.to_string()))
}

/// The code that a form brings, of either kind.
pub(super) fn typed(fields: &Fields, errors: &mut FieldErrors) -> Option<Code> {
    let place = place(fields);
    errors.take(place, Code::parse(fields.get(place)))
}

/// The field that holds it: that for what was written down only where something is in it.
pub(super) fn place(fields: &Fields) -> &'static str {
    if fields.get("recovery").trim().is_empty() { "code" } else { "recovery" }
}

/// What is said of a code that does not open.
pub(super) fn words(why: FactorRefused) -> &'static str {
    match why {
        FactorRefused::Used => "This code was used already: wait for the next one",
        _ => "The code is not right. Each opens once; those of the app change every half minute",
    }
}

/// What is said to whoever tried too often.
pub(super) fn too_many(seconds: u64) -> String {
    format!("There were too many tries. You can try again in {} minutes", seconds.div_ceil(60))
}
