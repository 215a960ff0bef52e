//! Choosing a new password by a link.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::email_link::{over, token};
use super::proof::Prover;
use crate::db::{self, Database, Failure, links};
use crate::domain::field_errors::FieldErrors;
use crate::domain::user::LinkPurpose;
use crate::domain::words::Password;
use crate::operations::people::reset_password;
use crate::web::context::Visitor;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/reset.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
}

/// Shows the form; looking uses nothing up.
pub async fn page(visitor: Visitor, database: Database, request: HttpRequest) -> Answer {
    let token = token(&request)?;
    let read = database.run(move |conn| {
        let link = links::by_token(conn, &token)?;
        let at = db::clock(conn)?;
        Ok::<_, Failure<std::convert::Infallible>>(link.map(|link| link.holds(&[LinkPurpose::ResetPassword], at)))
    });
    match read.await?.ok_or(PageError::NotFound)? {
        Ok(()) => respond::page(&Page { shell: visitor.shell(), errors: FieldErrors::new() }),
        Err(why) => over(visitor.shell(), why),
    }
}

/// Writes the password; all sign-ins end.
pub async fn submit(visitor: Visitor, prover: Prover, request: HttpRequest, secrets: Data<Secrets>, fields: Fields) -> Answer {
    let (token, mut errors) = (token(&request)?, FieldErrors::new());
    let Some(new) = errors.take("new_password", Password::parse(fields.get("new_password"))) else {
        return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell: visitor.shell(), errors });
    };
    let hash = prover.hash(new.secret()).await?;
    let done = prover.database.change(move |conn| reset_password(conn, &token, &hash)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => {
            let said = "Your password was changed, and all sign-ins ended. Sign in with the new one.";
            respond::see_other_saying(&secrets, "/sign-in", "good", said)
        }
        Err(why) => over(visitor.shell(), why),
    }
}
