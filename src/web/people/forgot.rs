//! Asking for a link to a new password. The answer is the same, and as quick, whether there is such an account or not.

use actix_web::http::{StatusCode, header};
use askama::Template;

use super::proof::{Prover, seconds};
use crate::domain::field_errors::FieldErrors;
use crate::domain::words::Email;
use crate::operations::people::ask_reset;
use crate::web::context::Visitor;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/forgot.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    email: String,
}

#[derive(Template)]
#[template(path = "people/forgot_sent.html")]
struct Sent {
    shell: Shell,
}

/// Shows the form.
pub async fn page(visitor: Visitor) -> Answer {
    respond::page(&Page { shell: visitor.shell(), errors: FieldErrors::new(), email: String::new() })
}

/// Writes down that somebody asks.
pub async fn submit(visitor: Visitor, prover: Prover, fields: Fields) -> Answer {
    let mut errors = FieldErrors::new();
    let email = errors.take("email", Email::parse(fields.get("email")));
    let page = |errors| Page { shell: visitor.shell(), errors, email: fields.get("email").to_owned() };
    let Some(email) = email else {
        return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(errors));
    };
    let (address, most) = prover.asker();
    let asked = prover.database.change(move |conn| ask_reset(conn, &email, &address, most)).await;
    match PageError::unless_refused(asked)? {
        Ok(()) => respond::see_other("/forgot/sent"),
        Err(too_many) => {
            let seconds = seconds(too_many);
            errors.add("email", format!("There were too many tries from here. You can try again in {} minutes", seconds.div_ceil(60)));
            let mut answer = respond::page_with(StatusCode::TOO_MANY_REQUESTS, &page(errors))?;
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            Ok(answer)
        }
    }
}

/// Says what happens next.
pub async fn sent(visitor: Visitor) -> Answer {
    respond::page(&Sent { shell: visitor.shell() })
}
