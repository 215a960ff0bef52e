//! Making a link to join by, which is shown once.

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Data;

use super::show;
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::organisation::{InvitationToken, InviteRefused, LINK_DAYS};
use crate::domain::request::{Request, RequestKey};
use crate::domain::words::InvitationNote;
use crate::operations::organisations::{Invite, invite_member};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Makes it.
pub async fn submit(
    by: SignedIn,
    database: Database,
    id: Id<OrganisationId>,
    request: HttpRequest,
    secrets: Data<Secrets>,
    fields: Fields,
) -> Answer {
    let id = id.0;
    let mut errors = FieldErrors::new();
    let role = errors.take("role", Role::parse(fields.get("role")).ok_or("Choose a role"));
    let note = errors.take("note", InvitationNote::parse(fields.get("note")));
    let (Some(role), Some(note)) = (role, note) else {
        return show::with_errors(by, &database, id, errors, fields).await;
    };
    let token = token(&secrets, by.id(), id, fields.key().as_ref());
    let path = link(&request, &secrets, &token);
    let sent = [&id.to_string(), role.as_str(), note.as_str()];
    let once = fields.key().map(|key| Request::new(key, "invite_member", &sent));
    let (user, invite) = (by.id(), Invite { organisation: id, role, note, token });
    let made = database.change(move |conn| invite_member(conn, user, &invite, once.as_ref())).await;
    match PageError::unless_refused(made)? {
        Ok(_) => {
            let said = format!("Copy this link and send it: {path} It works once, for {LINK_DAYS} days, and is not shown again.");
            respond::see_other_saying(&secrets, &format!("/organisations/{id}"), "good", &said)
        }
        Err(InviteRefused::KeyReused) => {
            errors.add("note", "This form was sent before with other words: check them and send it again");
            show::with_errors(by, &database, id, errors, fields).await
        }
        Err(InviteRefused::TooManyOpen) => {
            errors.add("note", "There are 100 open links: take some back before you make another");
            show::with_errors(by, &database, id, errors, fields).await
        }
        Err(why) => Err(PageError::refused(&why, "Only an owner invites people.")),
    }
}

/// The same click twice must show the same link, though only its hash is kept: so the secret is made from the form's
/// key and a secret of this site. Without a key it is random.
fn token(secrets: &Secrets, by: UserId, organisation: OrganisationId, key: Option<&RequestKey>) -> InvitationToken {
    match key {
        Some(key) => {
            let (by, organisation) = (by.to_string(), organisation.to_string());
            InvitationToken::derived(secrets.cookies.signing(), &["invitation", &by, &organisation, key.as_str()])
        }
        None => InvitationToken::new(rand::random()),
    }
}

/// The link as it is sent to somebody, on the host that this page was asked from.
fn link(request: &HttpRequest, secrets: &Secrets, token: &InvitationToken) -> String {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let scheme = if secrets.secure { "https" } else { "http" };
    format!("{scheme}://{host}/join/{}", token.as_str())
}
