//! Ending a membership: a page that asks first.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use crate::db::organisations::MemberRow;
use crate::db::{Database, organisations};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::organisation::MemberRefused;
use crate::operations::organisations::remove_member;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "organisations/remove_member.html")]
struct Page {
    shell: Shell,
    organisation: OrganisationId,
    name: String,
    member: MemberRow,
    /// Whether it is the reader who leaves.
    leaving: bool,
}

impl Page {
    /// What the page asks.
    fn question(&self) -> String {
        if self.leaving { format!("Leave {}?", self.name) } else { format!("Remove {} from {}?", self.member.name, self.name) }
    }
}

/// Asks.
pub async fn page(by: SignedIn, database: Database, id: Id<OrganisationId>, request: HttpRequest) -> Answer {
    let (organisation, whom) = (id.0, member(&request)?);
    let membership = by.person.memberships.iter().find(|membership| membership.organisation == organisation);
    let name = membership.ok_or(PageError::NotFound)?.name.clone();
    let leaving = by.id() == whom;
    if !leaving && !by.person.role_in(organisation).is_some_and(|role| role.keeps_members()) {
        return Err(refused(&MemberRefused::NotAllowed));
    }
    let members = database.run(move |conn| Ok(organisations::members(conn, organisation)?)).await?;
    let member = members.into_iter().find(|member| member.user == whom).ok_or(PageError::NotFound)?;
    respond::page(&Page { shell: by.shell(), organisation, name, member, leaving })
}

/// Removes, or leaves.
pub async fn submit(by: SignedIn, database: Database, id: Id<OrganisationId>, request: HttpRequest, secrets: Data<Secrets>) -> Answer {
    let (organisation, whom, user) = (id.0, member(&request)?, by.id());
    let removed = database.change(move |conn| remove_member(conn, user, organisation, whom)).await;
    PageError::unless_refused(removed)?.map_err(|why| refused(&why))?;
    if user == whom {
        return respond::see_other_saying(&secrets, "/account", "good", "You left the organisation.");
    }
    respond::see_other_saying(&secrets, &format!("/organisations/{organisation}"), "good", "The member was removed.")
}

/// Whom the address names.
pub(super) fn member(request: &HttpRequest) -> Result<UserId, PageError> {
    request.match_info().get("user").and_then(|text| text.parse().ok()).ok_or(PageError::NotFound)
}

/// A refusal in words.
pub(super) fn refused(why: &MemberRefused) -> PageError {
    let words = match why {
        MemberRefused::Missing => String::new(),
        MemberRefused::NotAllowed => "Only an owner removes members and changes roles.".to_owned(),
        MemberRefused::NotAMember(_) => "This person does not belong to the organisation any more.".to_owned(),
        MemberRefused::RoleIs(role) => format!("Somebody else changed this role to {} while you looked at it.", role.label()),
        MemberRefused::LastOwner => {
            "An organisation keeps an owner, and this is the last one. Make somebody else an owner first.".to_owned()
        }
    };
    PageError::refused(why, words)
}
