//! An organisation, as its members see it: who belongs to it, and the links that are open.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, Utc};

use crate::db::organisations::{self, MemberRow, OpenInvitation};
use crate::db::{Database, Failure};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::organisation::{LINK_DAYS, Organisation};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "organisations/show.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    organisation: Organisation,
    members: Vec<MemberRow>,
    invitations: Vec<OpenInvitation>,
    /// Whose page it is.
    reader: UserId,
    /// What they are here.
    role: Role,
    /// What was typed for a new link.
    typed: Fields,
    key: String,
}

impl Page {
    fn time(&self, at: &DateTime<Utc>) -> Moment {
        shown::time(&self.shell.clock, *at)
    }

    fn keeps_members(&self) -> bool {
        self.role.keeps_members()
    }

    fn is_reader(&self, member: &MemberRow) -> bool {
        member.user == self.reader
    }

    /// Whether this role is chosen for a new link.
    fn is_typed(&self, role: &Role) -> bool {
        match self.typed.get("role") {
            "" => *role == Role::Manager,
            typed => typed == role.as_str(),
        }
    }
}

/// Shows it to a member.
pub async fn page(by: SignedIn, database: Database, id: Id<OrganisationId>) -> Answer {
    answer(by, &database, id.0, StatusCode::OK, FieldErrors::new(), Fields::default()).await
}

/// The page again, with what is wrong about a link that was to be made.
pub async fn with_errors(by: SignedIn, database: &Database, id: OrganisationId, errors: FieldErrors, typed: Fields) -> Answer {
    answer(by, database, id, StatusCode::UNPROCESSABLE_ENTITY, errors, typed).await
}

async fn answer(by: SignedIn, database: &Database, id: OrganisationId, status: StatusCode, errors: FieldErrors, typed: Fields) -> Answer {
    let role = by.person.role_in(id).ok_or(PageError::NotFound)?;
    let read = database.run(move |conn| {
        let Some(organisation) = organisations::find(conn, id)? else {
            return Ok(None);
        };
        let members = organisations::members(conn, id)?;
        let invitations = if role.keeps_members() { organisations::open_invitations(conn, id)? } else { Vec::new() };
        Ok::<_, Failure<std::convert::Infallible>>(Some((organisation, members, invitations)))
    });
    let (organisation, members, invitations) = read.await?.ok_or(PageError::NotFound)?;
    let reader = by.id();
    let page = Page { shell: by.shell(), errors, organisation, members, invitations, reader, role, typed, key: new_key() };
    respond::page_with(status, &page)
}
