//! Marking notices, and choosing which ones come.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::prepared::statement;
use crate::db::{Locked, Tx};
use crate::domain::ids::{NoticeId, UserId};
use crate::domain::notice::{NoticeKind, ShownUpTo};
use crate::domain::user::User;
use crate::schema::{notice_settings, notices};

/// For so long a notice is kept once it was read; the history tells for ever.
const KEPT_DAYS: i64 = 90;

/// Marks one of a person's notices read, unless it was read before. Answers whether there is such a notice.
pub fn write_read(conn: &mut PgConnection, user: UserId, id: NoticeId) -> QueryResult<bool> {
    write_one(conn, "UPDATE notices SET seen_at = coalesce(seen_at, clock_timestamp()) WHERE user_id = $1 AND id = $2", user, id)
}

/// Marks one of a person's notices unread again. Answers whether there is such a notice.
pub fn write_unread(conn: &mut PgConnection, user: UserId, id: NoticeId) -> QueryResult<bool> {
    write_one(conn, "UPDATE notices SET seen_at = NULL WHERE user_id = $1 AND id = $2", user, id)
}

fn write_one(conn: &mut PgConnection, text: &'static str, user: UserId, id: NoticeId) -> QueryResult<bool> {
    Ok(statement(text).bind::<BigInt, _>(user).bind::<BigInt, _>(id).execute(conn)? == 1)
}

/// Marks read what could be read at that moment: nothing whose transaction committed later.
pub fn write_all_read(conn: &mut PgConnection, user: UserId, shown: &ShownUpTo) -> QueryResult<usize> {
    statement(
        "UPDATE notices SET seen_at = clock_timestamp() WHERE user_id = $1 AND seen_at IS NULL \
         AND pg_visible_in_snapshot(written_in::text::xid8, $2::pg_snapshot)",
    )
    .bind::<BigInt, _>(user)
    .bind::<Text, _>(shown.as_str())
    .execute(conn)
}

/// Clears out those that were read more than ninety days ago. What nobody has read stays.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(notices::table.filter(notices::seen_at.lt(at - TimeDelta::days(KEPT_DAYS)))).execute(conn)
}

/// Writes which kinds a person does not want, over what they chose before.
pub fn write_switched_off(tx: &mut Tx<'_>, user: &Locked<User>, off: &[NoticeKind]) -> QueryResult<()> {
    diesel::delete(notice_settings::table.filter(notice_settings::user_id.eq(user.id))).execute(&mut **tx)?;
    let rows: Vec<_> = off.iter().map(|kind| (notice_settings::user_id.eq(user.id), notice_settings::kind.eq(kind))).collect();
    diesel::insert_into(notice_settings::table).values(rows).execute(&mut **tx).map(drop)
}
