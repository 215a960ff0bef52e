//! What is to be written, found from what people were told: after the commit that told them, which knows nothing of letters.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::prepared::statement;
use crate::db::{Fault, Tx};

/// Somebody's turn to look through what people were told: nobody else has it until their transaction ends.
#[derive(Debug, QueryableByName)]
pub struct Round {
    #[diesel(sql_type = BigInt)]
    from: i64,
    #[diesel(sql_type = BigInt)]
    up_to: i64,
}

/// Takes the turn; nobody's if somebody else has it. All transactions below `up_to` had ended when this statement began, so
/// that the next one sees what they wrote; whatever runs still is left to the next round. A database that was restored into
/// another cluster has smaller numbers than before.
pub fn begin_round(tx: &mut Tx<'_>) -> QueryResult<Option<Round>> {
    statement(
        "SELECT least(gathered_up_to, ended) AS \"from\", ended AS up_to \
         FROM mail_rounds, LATERAL (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS ended) AS snapshot \
         FOR UPDATE OF mail_rounds SKIP LOCKED",
    )
    .get_result(&mut **tx)
    .optional()
}

/// Makes a letter of each notice that is written about, once for each event and person, unless its reader wants none;
/// nobody is written to about what happened days ago. Answers how many. `domain` is what the letters' ids end with.
///
/// # Errors
/// The database's.
pub fn write_gathered(tx: &mut Tx<'_>, round: &Round, domain: &str) -> Result<usize, Fault> {
    let new = statement(
        "INSERT INTO mails (user_id, kind, cause, reference, notice_id, message_id) \
         SELECT n.user_id, n.kind, n.stream_kind || ':' || n.stream_id || ':' || n.seq, \
             'PRJ-' || lpad(n.stream_id::text, greatest(4, length(n.stream_id::text)), '0'), n.id, gen_random_uuid() || '@' || $1 \
         FROM notices n JOIN events e ON e.stream_kind = n.stream_kind AND e.stream_id = n.stream_id AND e.seq = n.seq \
         LEFT JOIN mail_choices c ON c.user_id = n.user_id \
         WHERE n.written_in >= $2 AND n.kind IN ('AWARDED', 'NOT_SELECTED', 'INVITED') AND n.channel = 'SITE' \
             AND e.at > clock_timestamp() - interval '3 days' AND NOT (n.kind = ANY (coalesce(c.off, '{}'))) \
         ON CONFLICT DO NOTHING",
    )
    .bind::<Text, _>(domain)
    .bind::<BigInt, _>(round.from)
    .execute(&mut **tx)?;
    // What the house did about somebody is found from its events: they are few, and people who are out are told of nothing else.
    let kept = statement(
        "INSERT INTO mails (user_id, kind, cause, reference, message_id) \
         SELECT u.id, CASE e.kind WHEN 'PERSON_SUSPENDED' THEN 'SUSPENDED' ELSE 'LET_IN' END, 'PERSON:' || e.stream_id || ':' || e.seq, \
             'USR-' || lpad(u.id::text, greatest(4, length(u.id::text)), '0'), gen_random_uuid() || '@' || $1 \
         FROM events e JOIN users u ON u.id = e.stream_id AND u.closed_at IS NULL \
         WHERE e.stream_kind = 'PERSON' AND e.kind IN ('PERSON_SUSPENDED', 'SUSPENSION_LIFTED') AND e.at > clock_timestamp() - interval '3 days' \
             AND NOT EXISTS (SELECT FROM mails m WHERE m.user_id = u.id AND m.cause = 'PERSON:' || e.stream_id || ':' || e.seq) \
         ON CONFLICT DO NOTHING",
    )
    .bind::<Text, _>(domain)
    .execute(&mut **tx)?;
    statement("UPDATE mail_rounds SET gathered_up_to = $1, domain = $2 WHERE gathered_up_to <> $1 OR domain <> $2")
        .bind::<BigInt, _>(round.up_to)
        .bind::<Text, _>(domain)
        .execute(&mut **tx)?;
    Ok(new + kept)
}
