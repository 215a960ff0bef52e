//! Telling something once more.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, jobs, projects, transaction, webhooks};
use crate::domain::ids::{DeliveryId, UserId, WebhookId};
use crate::domain::job::{NewJob, Priority, Task};
use crate::domain::webhook::{HookRefused, may_keep_webhooks};
use crate::operations::refused;

/// Asks for a job that tells the same once more, whatever came of it before; it carries the same number, by which the other
/// side knows it. Two clicks before it was tried are one. Answers the webhook.
///
/// # Errors
/// [`HookRefused`], recorded; or whatever broke, with nothing written.
pub fn call_again(conn: &mut Connection<'_>, by: UserId, id: DeliveryId) -> Result<WebhookId, Failure<HookRefused>> {
    refused(conn, Attempt::new(by, "call_again"), |conn| transaction(conn, |tx| again(tx, by, id)))
}

fn again(tx: &mut Tx<'_>, by: UserId, id: DeliveryId) -> Result<WebhookId, Failure<HookRefused>> {
    let (hook, tries) = webhooks::delivery_hook(tx, id)?.ok_or(Failure::Refused(HookRefused::Missing))?;
    may_keep_webhooks(projects::membership(tx, hook.organisation, by)?.as_ref()).map_err(Failure::Refused)?;
    let task = Task::CallWebhook { delivery: id.0, again: true };
    let key = format!("webhook:{id}:after:{tries}");
    let new = NewJob { organisation: Some(hook.organisation), asked_by: Some(by), priority: Priority::Soon, ..NewJob::new(task, key) };
    jobs::enqueue(tx, &new)?;
    Ok(hook.id)
}
