//! Answers that admins keep ready.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Timestamptz};

use crate::db::failure::count;
use crate::db::prepared::statement;
use crate::db::{Fault, Tx};
use crate::domain::ids::{ReadyAnswerId, UserId};
use crate::domain::ticket::ReadyAnswer;

/// So many are shown at most.
const MOST: i64 = 200;

/// One that is kept.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Ready {
    #[diesel(sql_type = BigInt)]
    pub id: ReadyAnswerId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub words: String,
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// Who changed it last.
    #[diesel(sql_type = Text)]
    pub by: String,
    #[diesel(sql_type = Timestamptz)]
    pub changed_at: DateTime<Utc>,
}

const ROWS: &str =
    "SELECT r.id, r.title, r.words, r.version, u.name AS by, r.changed_at FROM ready_answers r JOIN users u ON u.id = r.changed_by";

/// All of them by their titles. Whether the reader may have them is the caller's to ask.
pub fn ready(conn: &mut PgConnection) -> QueryResult<Vec<Ready>> {
    statement(format!("{ROWS} ORDER BY lower(r.title) LIMIT $1")).bind::<BigInt, _>(MOST).load(conn)
}

/// One of them.
pub fn find_ready(conn: &mut PgConnection, id: ReadyAnswerId) -> QueryResult<Option<Ready>> {
    statement(format!("{ROWS} WHERE r.id = $1")).bind::<BigInt, _>(id).get_result(conn).optional()
}

/// One of them, which nobody else changes until the transaction's end.
pub fn lock_ready(tx: &mut Tx<'_>, id: ReadyAnswerId) -> QueryResult<Option<Ready>> {
    statement("SELECT FROM ready_answers WHERE id = $1 FOR UPDATE").bind::<BigInt, _>(id).execute(&mut **tx)?;
    find_ready(tx, id)
}

/// Writes a new one. Nothing where there is one with its title, which a rival may be writing: its end is waited for.
pub fn write_ready(tx: &mut Tx<'_>, by: UserId, ready: &ReadyAnswer) -> QueryResult<Option<ReadyAnswerId>> {
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = BigInt)]
        id: ReadyAnswerId,
    }
    let made = statement(
        "INSERT INTO ready_answers (title, words, changed_by) VALUES ($1, $2, $3) ON CONFLICT (lower(title)) DO NOTHING RETURNING id",
    )
    .bind::<Text, _>(ready.title.as_str())
    .bind::<Text, _>(ready.words.as_str())
    .bind::<BigInt, _>(by)
    .get_result::<Id>(&mut **tx)
    .optional()?;
    Ok(made.map(|made| made.id))
}

/// Writes the next version of one that is locked.
///
/// # Errors
/// The database's; `ready_answers_one_per_title` where another has its new title.
pub fn write_ready_changed(tx: &mut Tx<'_>, by: UserId, before: &Ready, ready: &ReadyAnswer) -> Result<(), Fault> {
    let wrote = statement(
        "UPDATE ready_answers SET title = $3, words = $4, version = $2 + 1, changed_by = $5, changed_at = clock_timestamp() \
         WHERE id = $1 AND version = $2",
    )
    .bind::<BigInt, _>(before.id)
    .bind::<Integer, _>(before.version)
    .bind::<Text, _>(ready.title.as_str())
    .bind::<Text, _>(ready.words.as_str())
    .bind::<BigInt, _>(by)
    .execute(&mut **tx)?;
    count("ready answers changed", 1, wrote)
}

/// Removes one that is locked.
pub fn write_ready_removed(tx: &mut Tx<'_>, before: &Ready) -> Result<(), Fault> {
    let wrote = statement("DELETE FROM ready_answers WHERE id = $1 AND version = $2")
        .bind::<BigInt, _>(before.id)
        .bind::<Integer, _>(before.version)
        .execute(&mut **tx)?;
    count("ready answers removed", 1, wrote)
}
