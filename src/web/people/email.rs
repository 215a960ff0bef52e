//! One's own address: whether it is confirmed, and asking for another one.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::proof::Prover;
use crate::db::{Database, users};
use crate::domain::field_errors::FieldErrors;
use crate::domain::user::User;
use crate::domain::words::Email;
use crate::operations::people::{ask_confirmation, ask_email_change};
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/email.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    user: User,
    email: String,
}

/// Shows it.
pub async fn page(by: SignedIn, database: Database) -> Answer {
    let user = find(&by, &database).await?;
    respond::page(&Page { shell: by.shell(), errors: FieldErrors::new(), user, email: String::new() })
}

/// Has a link sent to the new address: nothing changes before it is followed.
pub async fn submit(by: SignedIn, prover: Prover, secrets: Data<Secrets>, fields: Fields) -> Answer {
    let mut errors = FieldErrors::new();
    let email = errors.take("email", Email::parse(fields.get("email")));
    if fields.get("password").is_empty() {
        errors.add("password", "Enter your password");
    }
    if let (Some(email), true) = (email, errors.is_empty()) {
        match prover.own(by.id(), fields.get("password")).await? {
            Some(hash) => {
                let id = by.id();
                let asked = prover.database.change(move |conn| ask_email_change(conn, id, &hash, &email)).await;
                let words = "Your password was changed in another window just now, so nothing was sent.";
                PageError::unless_refused(asked)?.map_err(|why| PageError::refused(&why, words))?;
                let said = "A letter with a link is on its way to the new address. Your address changes once you follow it.";
                return respond::see_other_saying(&secrets, "/account/email", "good", said);
            }
            None => errors.add("password", "This is not your password"),
        }
    }
    let user = find(&by, &prover.database).await?;
    let page = Page { shell: by.shell(), errors, user, email: fields.get("email").to_owned() };
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Has the link to confirm the address of now sent once more.
pub async fn again(by: SignedIn, database: Database, secrets: Data<Secrets>) -> Answer {
    let id = by.id();
    database.change(move |conn| ask_confirmation(conn, id)).await?;
    respond::see_other_saying(&secrets, "/account/email", "good", "A letter with a link is on its way to your address.")
}

async fn find(by: &SignedIn, database: &Database) -> Result<User, PageError> {
    let id = by.id();
    database.run(move |conn| Ok(users::find(conn, id)?)).await?.ok_or(PageError::NotFound)
}
