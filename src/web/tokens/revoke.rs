//! Ending a token: a page that asks, and the deed.

use actix_web::web::Data;
use askama::Template;

use crate::db::{Database, tokens};
use crate::domain::ids::TokenId;
use crate::domain::token::TokenRefused;
use crate::operations::tokens::revoke_token;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "tokens/revoke.html")]
struct Page {
    shell: Shell,
    id: TokenId,
    title: String,
    hint: String,
}

/// Asks first: what uses it stops at once.
pub async fn page(by: SignedIn, Id(id): Id<TokenId>, database: Database) -> Answer {
    let user = by.id();
    let listed = database.run(move |conn| Ok(tokens::of_person(conn, user)?)).await?;
    let token = listed.into_iter().find(|token| token.id == id).ok_or(PageError::NotFound)?;
    respond::page(&Page { shell: by.shell(), id, title: format!("Revoke {}?", token.name), hint: token.hint })
}

/// Revokes it. The second click of two finds it gone.
pub async fn submit(by: SignedIn, Id(id): Id<TokenId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let user = by.id();
    let done = database.change(move |conn| revoke_token(conn, user, id)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => {
            respond::see_other_saying(&secrets, "/account/tokens", "good", "The token is revoked. Whatever uses it is refused from now on.")
        }
        Err(TokenRefused::Missing) => Err(PageError::NotFound),
        Err(why) => Err(PageError::refused(&why, "This token cannot be revoked.")),
    }
}
