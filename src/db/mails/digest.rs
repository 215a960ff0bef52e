//! Digests: of what somebody has not read, once a day or a week, in the morning of their own time zone.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use crate::db::clock;
use crate::db::prepared::statement;
use crate::domain::ids::{NoticeId, UserId};
use crate::domain::mail::Morning;
use crate::schema::{mails, users};

/// The time zones that people live in, and the database's clock.
pub fn zones(conn: &mut PgConnection) -> QueryResult<(Vec<String>, DateTime<Utc>)> {
    let zones = users::table.select(users::time_zone).distinct().load(conn)?;
    Ok((zones, clock(conn)?))
}

/// Makes a digest of everybody in whose zone it is morning, who wants one today and has something unread that no digest told
/// of before; once a person and day. What is written about at once stands in none. Answers how many.
pub fn write_digests(conn: &mut PgConnection, mornings: &[Morning]) -> QueryResult<usize> {
    let zones: Vec<&str> = mornings.iter().map(|morning| morning.zone.as_str()).collect();
    let days: Vec<String> = mornings.iter().map(|morning| format!("DAY:{}", morning.day)).collect();
    let mondays: Vec<bool> = mornings.iter().map(|morning| morning.is_monday).collect();
    statement(
        "INSERT INTO mails (user_id, kind, cause, reference, notice_id, message_id) \
         SELECT u.id, 'DIGEST', z.day, 'USR-' || lpad(u.id::text, greatest(4, length(u.id::text)), '0'), n.id, \
             gen_random_uuid() || '@' || (SELECT domain FROM mail_rounds) \
         FROM unnest($1, $2, $3) AS z (zone, day, monday) JOIN users u ON u.time_zone = z.zone \
         LEFT JOIN mail_choices c ON c.user_id = u.id \
         CROSS JOIN LATERAL (SELECT max(n.id) AS id FROM notices n WHERE n.user_id = u.id AND n.seen_at IS NULL \
             AND n.kind NOT IN ('AWARDED', 'NOT_SELECTED', 'INVITED') \
             AND n.id > coalesce((SELECT max(m.notice_id) FROM mails m WHERE m.user_id = u.id AND m.kind = 'DIGEST'), 0)) n \
         WHERE n.id IS NOT NULL AND u.email_confirmed_at IS NOT NULL \
             AND CASE coalesce(c.digest, 'DAILY') WHEN 'DAILY' THEN true WHEN 'WEEKLY' THEN z.monday ELSE false END \
         ON CONFLICT DO NOTHING",
    )
    .bind::<Array<Text>, _>(zones)
    .bind::<Array<Text>, _>(days)
    .bind::<Array<Bool>, _>(mondays)
    .execute(conn)
}

/// Up to which notice the digest before this one told.
pub fn told_before(conn: &mut PgConnection, user: UserId, up_to: NoticeId) -> QueryResult<Option<NoticeId>> {
    mails::table
        .filter(mails::user_id.eq(user.0))
        .filter(mails::kind.eq("DIGEST"))
        .filter(mails::notice_id.lt(up_to.0))
        .select(diesel::dsl::max(mails::notice_id))
        .first(conn)
}
