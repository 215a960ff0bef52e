//! Asking for a job, in the transaction of what asks.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};

use crate::db::prepared::statement;
use crate::db::{Fault, Tx};
use crate::domain::ids::JobId;
use crate::domain::job::{Enqueued, NewJob};
use crate::schema::jobs;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: JobId,
}

/// Asks for a job; whoever asks for the same key at the same moment waits until this transaction ends. Workers are woken
/// once it is committed.
///
/// # Errors
/// [`Fault::Busy`] if such a rival takes too long; or whatever broke.
pub fn enqueue(tx: &mut Tx<'_>, new: &NewJob) -> Result<Enqueued, Fault> {
    let (kind, arguments) = new.task.stored();
    let made: Option<Id> = statement(
        "INSERT INTO jobs (organisation_id, asked_by, queue, kind, arguments, unique_key, priority, run_at, most_attempts) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, clock_timestamp()), $9) \
         ON CONFLICT ON CONSTRAINT jobs_one_per_key DO NOTHING RETURNING id",
    )
    .bind::<Nullable<BigInt>, _>(new.organisation)
    .bind::<Nullable<BigInt>, _>(new.asked_by)
    .bind::<Text, _>(new.task.queue())
    .bind::<Text, _>(kind)
    .bind::<Jsonb, _>(arguments)
    .bind::<Text, _>(new.unique_key.as_str())
    .bind::<SmallInt, _>(new.priority.rank())
    .bind::<Nullable<Timestamptz>, _>(new.run_at)
    .bind::<Integer, _>(new.task.most_attempts())
    .get_result(&mut **tx)
    .optional()?;
    if let Some(made) = made {
        tx.has_jobs();
        return Ok(Enqueued::New(made.id));
    }
    let stood: i64 = jobs::table.filter(jobs::unique_key.eq(&new.unique_key)).select(jobs::id).first(&mut **tx)?;
    Ok(Enqueued::Stood(JobId(stood)))
}
