//! Writing webhooks, and what came of their calls.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::db::failure::count;
use crate::db::locked::clock_timestamp;
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::ids::{DeliveryId, ProjectId, UserId, WebhookId};
use crate::domain::organisation::Organisation;
use crate::domain::webhook::HookContent;
use crate::schema::{events, projects, webhook_deliveries, webhooks};

/// How long it is kept what was told.
const DAYS_KEPT: i64 = 30;

/// Writes a new one. What happened before is not told.
pub fn write_made(
    tx: &mut Tx<'_>,
    organisation: &Locked<Organisation>,
    by: UserId,
    content: &HookContent,
    secret: &str,
) -> Result<WebhookId, Fault> {
    let kinds: Vec<&str> = content.kinds.iter().map(|kind| kind.as_str()).collect();
    let id: WebhookId = diesel::insert_into(webhooks::table)
        .values((
            webhooks::organisation_id.eq(organisation.id.0),
            webhooks::address.eq(content.address.as_str()),
            webhooks::kinds.eq(kinds),
            webhooks::secret.eq(secret),
            webhooks::made_by.eq(by.0),
            webhooks::created_at.eq(organisation.at),
        ))
        .returning(webhooks::id)
        .get_result(&mut **tx)?;
    statement(
        "INSERT INTO webhook_places (hook_id, project_id, seq) SELECT $1, id, event_count FROM projects \
         WHERE organisation_id = $2 AND event_count > 0",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(organisation.id)
    .execute(&mut **tx)?;
    Ok(id)
}

/// Ends one: nothing more is told, and what waits is let go.
pub fn write_removed(tx: &mut Tx<'_>, organisation: &Locked<Organisation>, id: WebhookId) -> Result<(), Fault> {
    let own = webhooks::table.find(id.0).filter(webhooks::organisation_id.eq(organisation.id.0)).filter(webhooks::removed_at.is_null());
    let wrote = diesel::update(own).set(webhooks::removed_at.eq(Some(organisation.at))).execute(&mut **tx)?;
    count("webhooks removed", 1, wrote)
}

/// All that a call is made of.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Call {
    pub address: String,
    pub secret: String,
    pub removed_at: Option<DateTime<Utc>>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub hook: WebhookId,
    pub project: ProjectId,
    pub seq: i64,
    pub kind: String,
    pub happened_at: DateTime<Utc>,
    pub proposal: Option<i64>,
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    pub sealed: bool,
    pub bids_opened_at: Option<DateTime<Utc>>,
    /// The database's clock.
    pub now: DateTime<Utc>,
}

/// What a delivery's call is made of; nothing where there is no such delivery (any more).
pub fn call(conn: &mut PgConnection, id: DeliveryId) -> QueryResult<Option<Call>> {
    let event = events::stream_kind
        .eq("PROJECT")
        .and(events::stream_id.eq(webhook_deliveries::project_id))
        .and(events::seq.eq(webhook_deliveries::seq));
    webhook_deliveries::table
        .inner_join(webhooks::table)
        .inner_join(projects::table)
        .inner_join(events::table.on(event))
        .filter(webhook_deliveries::id.eq(id.0))
        .select((
            webhooks::address,
            webhooks::secret,
            webhooks::removed_at,
            webhook_deliveries::delivered_at,
            webhooks::id,
            webhook_deliveries::project_id,
            webhook_deliveries::seq,
            webhook_deliveries::kind,
            events::at,
            events::proposal_id,
            events::from_state,
            events::to_state,
            projects::sealed,
            projects::bids_opened_at,
            clock_timestamp(),
        ))
        .first(conn)
        .optional()
}

/// Keeps what came of a try: the answer's status, or why there was none. What was delivered once stays delivered.
pub fn write_tried(tx: &mut Tx<'_>, id: DeliveryId, status: Option<i32>, error: Option<&str>) -> Result<(), Fault> {
    let at = crate::db::clock(tx)?;
    let row = webhook_deliveries::table.find(id.0);
    let tried = (
        webhook_deliveries::tries.eq(webhook_deliveries::tries + 1),
        webhook_deliveries::tried_at.eq(Some(at)),
        webhook_deliveries::status.eq(status),
        webhook_deliveries::error.eq(error),
    );
    let wrote = match error {
        Some(_) => diesel::update(row).set(tried).execute(&mut **tx)?,
        None => diesel::update(row).set((tried, webhook_deliveries::delivered_at.eq(Some(at)))).execute(&mut **tx)?,
    };
    count("deliveries tried", 1, wrote)
}

/// Clears out what was told long ago.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(webhook_deliveries::table.filter(webhook_deliveries::created_at.lt(at - TimeDelta::days(DAYS_KEPT)))).execute(conn)
}
