//! Changing one's own password.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::proof::Prover;
use crate::domain::field_errors::FieldErrors;
use crate::domain::user::PasswordRefused;
use crate::domain::words::Password;
use crate::operations::people::change_password;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::session;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/password.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
}

/// Shows the form.
pub async fn page(by: SignedIn) -> Answer {
    respond::page(&Page { shell: by.shell(), errors: FieldErrors::new() })
}

/// Changes the password and ends all other sign-ins.
pub async fn submit(by: SignedIn, prover: Prover, session: Session, secrets: Data<Secrets>, fields: Fields) -> Answer {
    let mut errors = FieldErrors::new();
    if fields.get("password").is_empty() {
        errors.add("password", "Enter your password of now");
    }
    let new = errors.take("new_password", Password::parse(fields.get("new_password")));
    if let (Some(new), true) = (new, errors.is_empty()) {
        match prover.own(by.id(), fields.get("password")).await? {
            Some(hash) => {
                let (id, new) = (by.id(), prover.hash(new.secret()).await?);
                let changed = prover.database.change(move |conn| change_password(conn, id, &hash, &new)).await;
                let proof = PageError::unless_refused(changed)?.map_err(|why| refused(&why))?;
                session::sign_in(&session, proof, prover.device().clone())?;
                let said = "Your password was changed. You are signed in here and nowhere else.";
                return respond::see_other_saying(&secrets, "/account", "good", said);
            }
            None => errors.add("password", "This is not your password"),
        }
    }
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell: by.shell(), errors })
}

fn refused(why: &PasswordRefused) -> PageError {
    PageError::refused(why, "Your password was changed in another window just now, so it was not changed here.")
}
