//! Background work: asking for it, claiming it, and what becomes of it.

mod claim;
mod end;
mod enqueue;
mod leases;
mod read;
mod report;
mod retry;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
use uuid::Uuid;

use super::prepared::statement;
use crate::domain::ids::{JobId, OrganisationId, UserId};
use crate::domain::job::{Job, JobStatus};
use crate::schema::jobs;

pub use claim::{Claimed, claim, claim_for_runner};
pub use end::{LockedJob, lock, write, write_completed};
pub use enqueue::enqueue;
pub use leases::{asked_to_stop, beat, is_due, is_leased, lost};
pub use read::{Hour, Kind, Reported, Shown, conflicts, hours, kinds, list, of_organisation, reports, shown};
pub use report::{Known, fence, write_conflict, write_progress};
pub use retry::{standing, write_retry};

/// A job's row, as decisions look at it. The token travels as text: Diesel need not know of UUIDs for it.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: JobId,
    #[diesel(sql_type = Nullable<BigInt>)]
    organisation_id: Option<OrganisationId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    asked_by: Option<UserId>,
    #[diesel(sql_type = Text)]
    status: JobStatus,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Integer)]
    most_attempts: i32,
    #[diesel(sql_type = Nullable<Text>)]
    token: Option<String>,
    #[diesel(sql_type = Bool)]
    is_asked_to_stop: bool,
}

const COLUMNS: &str = "SELECT id, organisation_id, asked_by, status, version, attempts, most_attempts, lock_token::text AS token, \
    stop_asked_at IS NOT NULL AS is_asked_to_stop FROM jobs WHERE id = $1";

impl From<Row> for Job {
    fn from(row: Row) -> Self {
        let token = row.token.and_then(|token| Uuid::parse_str(&token).ok());
        Self {
            id: row.id,
            organisation: row.organisation_id,
            asked_by: row.asked_by,
            status: row.status,
            version: row.version,
            attempts: row.attempts,
            most_attempts: row.most_attempts,
            token,
            is_asked_to_stop: row.is_asked_to_stop,
        }
    }
}

/// How long an ended job is kept.
const DAYS_KEPT: i64 = 30;

/// Deletes what ended long ago, with what was reported of it.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(jobs::table.filter(jobs::ended_at.lt(at - TimeDelta::days(DAYS_KEPT)))).execute(conn)
}

/// A job as it is now, unlocked: what is read here may refuse, never grant.
pub fn find(conn: &mut PgConnection, id: JobId) -> QueryResult<Option<Job>> {
    statement(COLUMNS).bind::<BigInt, _>(id).get_result::<Row>(conn).optional().map(|row| row.map(Job::from))
}
