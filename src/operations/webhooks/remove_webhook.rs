//! Removing a webhook.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, organisations, projects, transaction, webhooks};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, UserId, WebhookId};
use crate::domain::webhook::{HookRefused, may_keep_webhooks};
use crate::operations::refused;

/// Removes a webhook, under its organisation's lock: nothing more is told, not even what waits. Answers whose it was.
///
/// # Errors
/// [`HookRefused`], recorded; or whatever broke, with nothing written.
pub fn remove_webhook(conn: &mut Connection<'_>, by: UserId, id: WebhookId) -> Result<OrganisationId, Failure<HookRefused>> {
    let organisation = webhooks::find(conn, id)?.ok_or(Failure::Refused(HookRefused::Missing))?.organisation;
    refused(conn, Attempt::new(by, "remove_webhook"), |conn| transaction(conn, |tx| remove(tx, by, organisation, id)))?;
    Ok(organisation)
}

fn remove(tx: &mut Tx<'_>, by: UserId, organisation: OrganisationId, id: WebhookId) -> Result<(), Failure<HookRefused>> {
    let missing = || Failure::Refused(HookRefused::Missing);
    let mut organisation = organisations::lock(tx, organisation)?.ok_or_else(missing)?;
    may_keep_webhooks(projects::membership(tx, organisation.id, by)?.as_ref()).map_err(Failure::Refused)?;
    webhooks::find(tx, id)?.ok_or_else(missing)?;
    webhooks::write_removed(tx, &organisation, id)?;
    events::append(tx, &mut organisation, Happening::by(by, EventKind::WebhookRemoved).facts(json!({ "webhook": id })))?;
    Ok(())
}
