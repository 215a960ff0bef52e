//! Founding an organisation.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::organisation::FoundRefused;
use crate::domain::request::Request;
use crate::domain::words::OrganisationName;
use crate::operations::organisations::found_organisation;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "organisations/new.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    typed: String,
    key: String,
}

/// Shows the form.
pub async fn page(by: SignedIn) -> Answer {
    respond::page(&Page { shell: by.shell(), errors: FieldErrors::new(), typed: String::new(), key: new_key() })
}

/// Founds it.
pub async fn submit(by: SignedIn, database: Database, secrets: Data<Secrets>, fields: Fields) -> Answer {
    let mut errors = FieldErrors::new();
    if let Some(name) = errors.take("name", OrganisationName::parse(fields.get("name"))) {
        let id = by.id();
        let request = fields.key().map(|key| Request::new(key, "found_organisation", &[name.as_str()]));
        let founded = database.change(move |conn| found_organisation(conn, id, &name, request.as_ref())).await;
        match PageError::unless_refused(founded)? {
            Ok(organisation) => {
                let said = "The organisation was founded. You are its owner: invite your colleagues by a link.";
                return respond::see_other_saying(&secrets, &format!("/organisations/{organisation}"), "good", said);
            }
            Err(FoundRefused::KeyReused) => {
                errors.add("name", "This form was sent before with another name: check the name and send it again");
            }
        }
    }
    let page = Page { shell: by.shell(), errors, typed: fields.get("name").to_owned(), key: new_key() };
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
