//! Removing a webhook: a page that asks, and the deed.

use actix_web::web::Data;
use askama::Template;

use super::for_owners;
use crate::db::webhooks::Hook;
use crate::db::{Database, webhooks};
use crate::domain::ids::WebhookId;
use crate::operations::webhooks::remove_webhook;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "webhooks/remove.html")]
struct Page {
    shell: Shell,
    hook: Hook,
}

/// Asks first.
pub async fn page(by: SignedIn, Id(id): Id<WebhookId>, database: Database) -> Answer {
    let hook = database.run(move |conn| Ok(webhooks::find(conn, id)?)).await?.ok_or(PageError::NotFound)?;
    for_owners(&by.person, hook.organisation)?;
    respond::page(&Page { shell: by.shell(), hook })
}

/// Removes it.
pub async fn submit(by: SignedIn, Id(id): Id<WebhookId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let user = by.id();
    let done = database.change(move |conn| remove_webhook(conn, user, id)).await;
    match PageError::unless_refused(done)? {
        Ok(organisation) => respond::see_other_saying(
            &secrets,
            &format!("/organisations/{organisation}/webhooks"),
            "good",
            "The webhook is removed: nothing more is told to it.",
        ),
        Err(why) => Err(PageError::refused(&why, "Only an owner keeps an organisation’s webhooks.")),
    }
}
