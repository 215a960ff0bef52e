//! Giving an organisation another name.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::{Database, organisations};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::OrganisationId;
use crate::domain::membership::Role;
use crate::domain::organisation::{Organisation, RenameRefused};
use crate::domain::words::OrganisationName;
use crate::operations::organisations::rename_organisation;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "organisations/edit.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    organisation: Organisation,
    typed: String,
    /// Whether somebody else renamed it while this name was typed.
    renamed_meanwhile: bool,
}

/// Shows the form to an owner.
pub async fn page(by: SignedIn, database: Database, id: Id<OrganisationId>) -> Answer {
    let organisation = of_owner(&by, &database, id.0).await?;
    let typed = organisation.name.clone();
    respond::page(&Page { shell: by.shell(), errors: FieldErrors::new(), organisation, typed, renamed_meanwhile: false })
}

/// Renames it.
pub async fn submit(by: SignedIn, database: Database, id: Id<OrganisationId>, secrets: Data<Secrets>, fields: Fields) -> Answer {
    let id = id.0;
    let mut errors = FieldErrors::new();
    let mut renamed_meanwhile = false;
    if let Some(name) = errors.take("name", OrganisationName::parse(fields.get("name"))) {
        let (user, seen) = (by.id(), fields.version("version"));
        let renamed = database.change(move |conn| rename_organisation(conn, user, id, seen, &name)).await;
        match PageError::unless_refused(renamed)? {
            Ok(()) => return respond::see_other_saying(&secrets, &format!("/organisations/{id}"), "good", "The organisation was renamed."),
            Err(RenameRefused::Changed { .. }) => renamed_meanwhile = true,
            Err(why) => return Err(PageError::refused(&why, "Only an owner changes the organisation’s name.")),
        }
    }
    let organisation = of_owner(&by, &database, id).await?;
    let status = if renamed_meanwhile { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page { shell: by.shell(), errors, organisation, typed: fields.get("name").to_owned(), renamed_meanwhile };
    respond::page_with(status, &page)
}

async fn of_owner(by: &SignedIn, database: &Database, id: OrganisationId) -> Result<Organisation, PageError> {
    match by.person.role_in(id) {
        None => Err(PageError::NotFound),
        Some(Role::Owner) => database.run(move |conn| Ok(organisations::find(conn, id)?)).await?.ok_or(PageError::NotFound),
        Some(_) => Err(PageError::NotAllowed("Only an owner changes the organisation’s name.".to_owned())),
    }
}
