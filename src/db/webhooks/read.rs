//! Webhooks as their organisation's owners read of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::db::{Locked, Portion, Tx};
use crate::domain::ids::{DeliveryId, OrganisationId, ProjectId, WebhookId};
use crate::domain::organisation::Organisation;
use crate::schema::{webhook_deliveries, webhooks};

/// A webhook.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Hook {
    pub id: WebhookId,
    pub organisation: OrganisationId,
    pub address: String,
    pub kinds: Vec<String>,
    pub created_at: DateTime<Utc>,
}

type Columns = (webhooks::id, webhooks::organisation_id, webhooks::address, webhooks::kinds, webhooks::created_at);
const COLUMNS: Columns = (webhooks::id, webhooks::organisation_id, webhooks::address, webhooks::kinds, webhooks::created_at);

/// An organisation's webhooks, oldest first. Whether the reader may know of them is the caller's to ask.
pub fn of_organisation(conn: &mut PgConnection, organisation: OrganisationId) -> QueryResult<Vec<Hook>> {
    let own = webhooks::table.filter(webhooks::organisation_id.eq(organisation.0)).filter(webhooks::removed_at.is_null());
    own.order(webhooks::id).select(COLUMNS).load(conn)
}

/// One of them.
pub fn find(conn: &mut PgConnection, id: WebhookId) -> QueryResult<Option<Hook>> {
    webhooks::table.find(id.0).filter(webhooks::removed_at.is_null()).select(COLUMNS).first(conn).optional()
}

/// How many an organisation has, under its lock.
pub fn held(tx: &mut Tx<'_>, organisation: &Locked<Organisation>) -> QueryResult<i64> {
    let own = webhooks::table.filter(webhooks::organisation_id.eq(organisation.id.0)).filter(webhooks::removed_at.is_null());
    own.count().get_result(&mut **tx)
}

/// What was told, or is to be.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Delivery {
    pub id: DeliveryId,
    pub project: ProjectId,
    pub seq: i64,
    pub kind: String,
    pub created_at: DateTime<Utc>,
    pub tries: i32,
    pub tried_at: Option<DateTime<Utc>>,
    pub status: Option<i32>,
    pub error: Option<String>,
    pub delivered_at: Option<DateTime<Utc>>,
}

/// A portion of what a webhook told, newest first, and whether there is more.
pub fn deliveries(
    conn: &mut PgConnection,
    hook: WebhookId,
    after: Option<DeliveryId>,
    portion: Portion,
) -> QueryResult<(Vec<Delivery>, bool)> {
    let rows: Vec<Delivery> = webhook_deliveries::table
        .filter(webhook_deliveries::hook_id.eq(hook.0))
        .filter(webhook_deliveries::id.lt(after.map_or(i64::MAX, |after| after.0)))
        .order(webhook_deliveries::id.desc())
        .limit(portion.read())
        .select((
            webhook_deliveries::id,
            webhook_deliveries::project_id,
            webhook_deliveries::seq,
            webhook_deliveries::kind,
            webhook_deliveries::created_at,
            webhook_deliveries::tries,
            webhook_deliveries::tried_at,
            webhook_deliveries::status,
            webhook_deliveries::error,
            webhook_deliveries::delivered_at,
        ))
        .load(conn)?;
    Ok(portion.cut(rows))
}

/// The webhook that a delivery is of, unless that was removed, and how often it was tried.
pub fn delivery_hook(conn: &mut PgConnection, id: DeliveryId) -> QueryResult<Option<(Hook, i32)>> {
    let found: Option<(i64, i32)> =
        webhook_deliveries::table.find(id.0).select((webhook_deliveries::hook_id, webhook_deliveries::tries)).first(conn).optional()?;
    let Some((hook, tries)) = found else { return Ok(None) };
    Ok(find(conn, WebhookId(hook))?.map(|hook| (hook, tries)))
}
