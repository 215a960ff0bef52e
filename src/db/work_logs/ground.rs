//! What is known of a freelancer's time around an hour, in one statement, once both locks are had.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::contract::Contract;
use crate::domain::ids::WorkLogId;
use crate::domain::work::{Ground, Minutes};

/// From when to when something is asked: from this minute and to no end, where nothing is said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hull {
    /// From when on.
    pub from: Option<DateTime<Utc>>,
    /// Until when.
    pub to: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    zone: String,
    #[diesel(sql_type = Jsonb)]
    weeks: Value,
    #[diesel(sql_type = Jsonb)]
    near: Value,
}

/// The contract's weeks and the freelancer's sessions around an hour, without those sessions that are being changed. Both rows must be
/// locked; the contract's time becomes the time at which this was read.
///
/// # Errors
/// The database's.
pub fn ground(tx: &mut Tx<'_>, contract: &mut Locked<Contract>, hull: Hull, changing: &[WorkLogId]) -> Result<Ground, Fault> {
    let limit: Option<i32> = contract.weekly_limit;
    let row: Row = statement(
        "WITH asked AS MATERIALIZED (SELECT clock_timestamp() AS at), hull AS MATERIALIZED (SELECT \
             tstzrange(coalesce($3, date_trunc('minute', at, 'UTC')), coalesce($4, 'infinity'), '[)') AS span FROM asked) \
         SELECT asked.at, coalesce((SELECT zone FROM timesheets WHERE contract_id = $1 LIMIT 1), (SELECT time_zone FROM users WHERE id = $2)) AS zone, \
             coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'week', t.week, 'starts_at', t.starts_at, 'ends_at', t.ends_at, \
                 'state', t.state, 'minutes', CASE WHEN $6 THEN (SELECT coalesce(sum(extract(epoch FROM l.ended_at - l.started_at)), 0)::bigint / 60 \
                     FROM work_logs l WHERE l.freelancer_id = $2 AND l.started_at >= t.starts_at AND l.started_at < t.ends_at \
                     AND l.timesheet_id = t.id AND l.deleted_at IS NULL AND l.id <> ALL ($5)) ELSE 0 END)) \
                 FROM timesheets t WHERE t.contract_id = $1 AND tstzrange(t.starts_at, t.ends_at, '[)') && (SELECT span FROM hull)), '[]') AS weeks, \
             coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'contract', contract_id, 'from', started_at, 'to', ended_at) ORDER BY started_at) \
                 FROM work_logs WHERE freelancer_id = $2 AND deleted_at IS NULL AND id <> ALL ($5) \
                 AND tstzrange(started_at, coalesce(ended_at, 'infinity'), '[)') && (SELECT span FROM hull)), '[]') AS near \
         FROM asked",
    )
    .bind::<BigInt, _>(contract.id)
    .bind::<BigInt, _>(contract.freelancer_id)
    .bind::<Nullable<Timestamptz>, _>(hull.from)
    .bind::<Nullable<Timestamptz>, _>(hull.to)
    .bind::<Array<BigInt>, _>(changing)
    .bind::<Bool, _>(limit.is_some())
    .get_result(&mut **tx)?;
    contract.at = row.at;
    Ok(Ground {
        at: row.at,
        zone: TimeZone::get(&row.zone).unwrap_or(TimeZone::UTC),
        limit: limit.map(|limit| Minutes(limit.into())),
        weeks: read(row.weeks)?,
        near: read(row.near)?,
    })
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
    serde_json::from_value(value).map_err(|error| Fault::Other(diesel::result::Error::DeserializationError(Box::new(error))))
}
