//! Closing one's account: a page that says what goes and what stays, and asks for the password.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::proof::Prover;
use crate::domain::field_errors::FieldErrors;
use crate::domain::membership::Role;
use crate::domain::person::Membership;
use crate::domain::user::CloseRefused;
use crate::operations::people::close_account;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::session;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/close.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    memberships: Vec<Membership>,
    is_freelancer: bool,
    /// Which organisation nobody else owns.
    last_owner: Option<Membership>,
    /// Whether nobody else keeps the house.
    last_keeper: bool,
}

impl Page {
    fn of(by: SignedIn, errors: FieldErrors) -> Self {
        let (memberships, is_freelancer) = (by.person.memberships.clone(), by.person.is_freelancer);
        Self { shell: by.shell(), errors, memberships, is_freelancer, last_owner: None, last_keeper: false }
    }

    fn owns_any(&self) -> bool {
        self.memberships.iter().any(|membership| membership.role() == Some(Role::Owner))
    }
}

/// Says what goes and what stays.
pub async fn page(by: SignedIn) -> Answer {
    respond::page(&Page::of(by, FieldErrors::new()))
}

/// Closes the account.
pub async fn submit(by: SignedIn, prover: Prover, session: Session, secrets: Data<Secrets>, fields: Fields) -> Answer {
    let mut errors = FieldErrors::new();
    if fields.get("password").is_empty() {
        errors.add("password", "Enter your password");
    }
    let id = by.id();
    if errors.is_empty() {
        match prover.own(id, fields.get("password")).await? {
            None => errors.add("password", "This is not your password"),
            Some(hash) => {
                let done = prover.database.change(move |conn| close_account(conn, id, &hash)).await;
                return match PageError::unless_refused(done)? {
                    Ok(()) => {
                        session::sign_out(&session);
                        let said = "Your account is closed. What it said of you is gone.";
                        respond::see_other_saying(&secrets, "/", "good", said)
                    }
                    Err(CloseRefused::LastOwner(organisation)) => {
                        let mut page = Page::of(by, errors);
                        page.last_owner = page.memberships.iter().find(|one| one.organisation == organisation).cloned();
                        respond::page_with(StatusCode::CONFLICT, &page)
                    }
                    Err(CloseRefused::LastKeeper) => {
                        respond::page_with(StatusCode::CONFLICT, &Page { last_keeper: true, ..Page::of(by, errors) })
                    }
                    Err(why) => {
                        Err(PageError::refused(&why, "Your password was changed in another window just now, so nothing was closed."))
                    }
                };
            }
        }
    }
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page::of(by, errors))
}
