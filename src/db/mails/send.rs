//! Letters handed out to whoever sends them, one at a time, and what came of it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use crate::db::prepared::statement;
use crate::domain::ids::{LinkId, MailId, NoticeId, UserId};
use crate::domain::mail::{Claimed, MailKind, MailState};

/// Whoever has a letter for longer than this counts as gone. Much longer than a server may take to answer.
const LEASE_SECONDS: i64 = 300;
/// For so long a letter's row is kept.
const KEPT_DAYS: i64 = 90;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: MailId,
    #[diesel(sql_type = BigInt)]
    user_id: UserId,
    #[diesel(sql_type = Text)]
    kind: MailKind,
    #[diesel(sql_type = Text)]
    reference: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    notice_id: Option<NoticeId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    link_id: Option<LinkId>,
    #[diesel(sql_type = Nullable<Text>)]
    address: Option<String>,
    #[diesel(sql_type = Text)]
    message_id: String,
    #[diesel(sql_type = Integer)]
    attempts: i32,
}

/// Hands out the letter that has been due longest, if one is: to one of those who ask. From now on nobody knows how the
/// attempt ends, until its end is written; one that follows such a one is counted.
pub fn claim(conn: &mut PgConnection) -> QueryResult<Option<Claimed>> {
    let row: Option<Row> = statement(
        "UPDATE mails SET state = 'SENDING', attempts = attempts + 1, sent_again = sent_again + unsure::int, unsure = true, \
             due_at = clock_timestamp() + make_interval(secs => $1) \
         WHERE id = (SELECT id FROM mails WHERE state IN ('WAITING', 'SENDING') AND due_at <= clock_timestamp() \
             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED) \
         RETURNING id, user_id, kind, reference, notice_id, link_id, address, message_id, attempts",
    )
    .bind::<BigInt, _>(LEASE_SECONDS)
    .get_result(conn)
    .optional()?;
    Ok(row.map(|row| Claimed {
        id: row.id,
        user: row.user_id,
        kind: row.kind,
        reference: row.reference,
        notice: row.notice_id,
        link: row.link_id,
        address: row.address,
        message_id: row.message_id,
        attempt: row.attempts,
    }))
}

/// Writes how an attempt ended, if it is still the last one: whoever lost the letter changes nothing. `again`: after how
/// long it is tried again. Answers whether it was written.
pub fn write_ended(
    conn: &mut PgConnection,
    mail: &Claimed,
    state: MailState,
    again: Option<TimeDelta>,
    unsure: bool,
    error: Option<&str>,
) -> QueryResult<bool> {
    let wrote = statement(
        "UPDATE mails SET state = $3, due_at = clock_timestamp() + make_interval(secs => $4), unsure = $5, error = left($6, 500), \
             done_at = CASE WHEN $3 IN ('SENT', 'FAILED', 'DROPPED') THEN clock_timestamp() END \
         WHERE id = $1 AND attempts = $2 AND state = 'SENDING'",
    )
    .bind::<BigInt, _>(mail.id)
    .bind::<Integer, _>(mail.attempt)
    .bind::<Text, _>(state)
    .bind::<BigInt, _>(again.map_or(0, |again| again.num_seconds()))
    .bind::<Bool, _>(unsure)
    .bind::<Nullable<Text>, _>(error)
    .execute(conn)?;
    Ok(wrote == 1)
}

/// Puts a letter that failed back in the queue. Answers whether it had failed.
pub fn write_waiting_again(conn: &mut PgConnection, id: MailId) -> QueryResult<bool> {
    let wrote =
        statement("UPDATE mails SET state = 'WAITING', done_at = NULL, due_at = clock_timestamp() WHERE id = $1 AND state = 'FAILED'")
            .bind::<BigInt, _>(id)
            .execute(conn)?;
    Ok(wrote == 1)
}

/// Clears out letters that were done with long ago: long after any event could be written about again.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    statement("DELETE FROM mails WHERE state IN ('SENT', 'DROPPED', 'FAILED') AND done_at < $1")
        .bind::<Timestamptz, _>(at - TimeDelta::days(KEPT_DAYS))
        .execute(conn)
}
