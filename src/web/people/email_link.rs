//! Links about an address: a page that asks, and a POST that does it. Nobody needs to be signed in, and programs that look
//! at every link in a letter change nothing.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::{self, Database, Failure, links};
use crate::domain::organisation::InvitationToken;
use crate::domain::user::{AccountLink, LinkPurpose, LinkRefused};
use crate::operations::people::{confirm_email, revert_email};
use crate::web::context::Visitor;
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "people/email_link.html")]
struct Page {
    shell: Shell,
    link: AccountLink,
}

#[derive(Template)]
#[template(path = "people/link_over.html")]
struct Over {
    shell: Shell,
    why: &'static str,
}

const FOR_THIS: &[LinkPurpose] = &[LinkPurpose::ConfirmEmail, LinkPurpose::ChangeEmail, LinkPurpose::RevertEmail];

/// Asks.
pub async fn page(visitor: Visitor, database: Database, request: HttpRequest) -> Answer {
    let link = find(&database, token(&request)?).await?;
    match link {
        Ok(link) => respond::page(&Page { shell: visitor.shell(), link }),
        Err(why) => over(visitor.shell(), why),
    }
}

/// Does it.
pub async fn submit(visitor: Visitor, database: Database, request: HttpRequest, secrets: Data<Secrets>) -> Answer {
    let token = token(&request)?;
    let link = match find(&database, token.clone()).await? {
        Ok(link) => link,
        Err(why) => return over(visitor.shell(), why),
    };
    let is_back = link.purpose == LinkPurpose::RevertEmail;
    let done = database.change(move |conn| if is_back { revert_email(conn, &token) } else { confirm_email(conn, &token) }).await;
    let leads = if visitor.person().is_some() && !is_back { "/account/email" } else { "/sign-in" };
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, leads, "good", said(link.purpose)),
        Err(why) => over(visitor.shell(), why),
    }
}

async fn find(database: &Database, token: InvitationToken) -> Result<Result<AccountLink, LinkRefused>, PageError> {
    let read = database.run(move |conn| {
        let link = links::by_token(conn, &token)?;
        let at = db::clock(conn)?;
        Ok::<_, Failure<std::convert::Infallible>>(link.map(|link| link.holds(FOR_THIS, at).map(|()| link)))
    });
    read.await?.ok_or(PageError::NotFound)
}

/// What a link holds, as it stands in the address.
pub(super) fn token(request: &HttpRequest) -> Result<InvitationToken, PageError> {
    request.match_info().get("token").and_then(InvitationToken::parse).ok_or(PageError::NotFound)
}

/// The page of a link that does nothing any more.
pub(super) fn over(shell: Shell, why: LinkRefused) -> Answer {
    let why = match why {
        LinkRefused::Missing => return Err(PageError::NotFound),
        LinkRefused::Used => "It was used already; each link works once.",
        LinkRefused::Ended => "A later link, or another change to your account, took its place.",
        LinkRefused::Expired(_) => "It is too old.",
        LinkRefused::EmailTaken => "Another account has this address. Nothing was changed.",
    };
    respond::page_with(StatusCode::CONFLICT, &Over { shell, why })
}

fn said(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::ChangeEmail => "Your e-mail address was changed. Sign in with the new one from now on.",
        LinkPurpose::RevertEmail => {
            "Your e-mail address was put back, and all sign-ins ended. A letter with a link to a new password is on its way to it."
        }
        LinkPurpose::ConfirmEmail | LinkPurpose::ResetPassword => "Your e-mail address is confirmed.",
    }
}
