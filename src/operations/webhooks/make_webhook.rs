//! Making a webhook.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::request_keys::{self, Claim};
use crate::db::{Connection, Failure, Tx, events, organisations, projects, transaction, webhooks};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, UserId, WebhookId};
use crate::domain::request::Request;
use crate::domain::webhook::{HookContent, HookRefused, MOST_WEBHOOKS, may_keep_webhooks};
use crate::operations::refused;

/// Makes a webhook for an organisation, under its lock. It tells what happens from now on. The same request must bring
/// the same secret, and is answered with the webhook that was made.
///
/// # Errors
/// [`HookRefused`], recorded; or whatever broke, with nothing written.
pub fn make_webhook(
    conn: &mut Connection<'_>,
    by: UserId,
    organisation: OrganisationId,
    content: &HookContent,
    secret: &str,
    request: Option<&Request>,
) -> Result<WebhookId, Failure<HookRefused>> {
    let attempt = Attempt::new(by, "make_webhook");
    refused(conn, attempt, |conn| transaction(conn, |tx| make(tx, by, organisation, content, secret, request)))
}

fn make(
    tx: &mut Tx<'_>,
    by: UserId,
    organisation: OrganisationId,
    content: &HookContent,
    secret: &str,
    request: Option<&Request>,
) -> Result<WebhookId, Failure<HookRefused>> {
    if let Some(request) = request {
        match request_keys::claim(tx, by, request)? {
            Claim::New => {}
            Claim::Done(made) => return Ok(WebhookId(made)),
            Claim::Reused => return Err(Failure::Refused(HookRefused::KeyReused)),
        }
    }
    let mut organisation = organisations::lock(tx, organisation)?.ok_or(Failure::Refused(HookRefused::Missing))?;
    may_keep_webhooks(projects::membership(tx, organisation.id, by)?.as_ref()).map_err(Failure::Refused)?;
    if webhooks::held(tx, &organisation)? >= MOST_WEBHOOKS {
        return Err(Failure::Refused(HookRefused::TooMany));
    }
    let id = webhooks::write_made(tx, &organisation, by, content, secret)?;
    let what = Happening::by(by, EventKind::WebhookMade)
        .facts(json!({ "webhook": id, "address": organisation.words_hash(&[content.address.as_str()]) }));
    events::append(tx, &mut organisation, what)?;
    if let Some(request) = request {
        request_keys::keep(tx, by, &request.key, id.0)?;
    }
    Ok(id)
}
