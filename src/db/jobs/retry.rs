//! A job that does once more what another one did.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use super::LockedJob;
use crate::db::prepared::statement;
use crate::db::{Fault, Tx};
use crate::domain::ids::{JobId, UserId};
use crate::domain::job::{Enqueued, Standing};
use crate::domain::membership::Role;
use crate::schema::jobs;

/// Makes it, once; the lock on the one that ended lets nobody else in between.
pub fn write_retry(tx: &mut Tx<'_>, of: &LockedJob, by: UserId) -> Result<Enqueued, Fault> {
    let stood: Option<i64> = jobs::table.filter(jobs::retry_of.eq(of.id.0)).select(jobs::id).first(&mut **tx).optional()?;
    if let Some(stood) = stood {
        return Ok(Enqueued::Stood(JobId(stood)));
    }
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = BigInt)]
        id: JobId,
    }
    let new: Id = statement(
        "INSERT INTO jobs (organisation_id, asked_by, queue, kind, arguments, unique_key, priority, run_at, most_attempts, retry_of) \
         SELECT organisation_id, coalesce(asked_by, CASE WHEN organisation_id IS NOT NULL THEN $2 END), queue, kind, arguments, \
            'retry:' || id, priority, clock_timestamp(), most_attempts, id FROM jobs WHERE id = $1 RETURNING id",
    )
    .bind::<BigInt, _>(of.id)
    .bind::<BigInt, _>(by)
    .get_result(&mut **tx)?;
    tx.has_jobs();
    Ok(Enqueued::New(new.id))
}

/// What a person is to a job; nothing where there is no such person.
pub fn standing(conn: &mut PgConnection, id: JobId, user: UserId) -> QueryResult<Option<Standing>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        is_admin: bool,
        #[diesel(sql_type = Nullable<Text>)]
        role: Option<Role>,
    }
    let row: Option<Row> = statement(
        "SELECT u.is_admin, m.role FROM users u LEFT JOIN jobs j ON j.id = $1 \
         LEFT JOIN memberships m ON m.organisation_id = j.organisation_id AND m.user_id = u.id WHERE u.id = $2",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(user)
    .get_result(conn)
    .optional()?;
    Ok(row.map(|row| Standing { user, is_admin: row.is_admin, role: row.role }))
}
