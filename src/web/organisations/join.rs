//! Joining an organisation by a link. Anybody who has the link sees where it leads; joining asks for an account.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::{self, Database, Failure, organisations};
use crate::domain::ids::OrganisationId;
use crate::domain::organisation::{Invitation, InvitationToken, JoinRefused, Organisation};
use crate::operations::organisations::join_organisation;
use crate::web::context::{SignedIn, Visitor};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "organisations/join.html")]
struct Page {
    shell: Shell,
    invitation: Invitation,
    organisation: Organisation,
    /// Why nobody can join by it (any more).
    over: Option<&'static str>,
}

/// Explains the link.
pub async fn page(visitor: Visitor, database: Database, request: HttpRequest) -> Answer {
    let token = token(&request)?;
    let read = database.run(move |conn| {
        let Some(invitation) = organisations::invitation_by(conn, &token)? else {
            return Ok(None);
        };
        let organisation = organisations::find(conn, invitation.organisation_id)?;
        let at = db::clock(conn)?;
        Ok::<_, Failure<std::convert::Infallible>>(organisation.map(|organisation| (invitation, organisation, at)))
    });
    let (invitation, organisation, at) = read.await?.ok_or(PageError::NotFound)?;
    if visitor.person().is_some_and(|person| person.role_in(organisation.id).is_some()) {
        return respond::see_other(&format!("/organisations/{}", organisation.id));
    }
    let over = invitation.holds(at).err().map(words);
    let status = if over.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    respond::page_with(status, &Page { shell: visitor.shell(), invitation, organisation, over })
}

/// Joins.
pub async fn submit(by: SignedIn, database: Database, request: HttpRequest, secrets: Data<Secrets>) -> Answer {
    let (token, user) = (token(&request)?, by.id());
    let joined = database.change(move |conn| join_organisation(conn, user, &token)).await;
    let place = |id: OrganisationId| format!("/organisations/{id}");
    match PageError::unless_refused(joined)? {
        Ok(organisation) => respond::see_other_saying(&secrets, &place(organisation), "good", "You joined the organisation."),
        Err(JoinRefused::AlreadyMember(organisation)) => respond::see_other(&place(organisation)),
        Err(why) => Err(PageError::refused(&why, words(why))),
    }
}

fn token(request: &HttpRequest) -> Result<InvitationToken, PageError> {
    request.match_info().get("token").and_then(InvitationToken::parse).ok_or(PageError::NotFound)
}

fn words(why: JoinRefused) -> &'static str {
    match why {
        JoinRefused::Missing => "There is no such link.",
        JoinRefused::AlreadyMember(_) => "You belong to this organisation already.",
        JoinRefused::Used => "Somebody joined by this link already; each link works once. Ask an owner for another.",
        JoinRefused::Revoked => "An owner took this link back. Ask an owner for another.",
        JoinRefused::Expired(_) => "This link is too old. Ask an owner for another.",
    }
}
