//! What admins say with their acts: words beside events, which hold only their salted hash.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};

use super::prepared::statement;
use super::{Locked, Tx};
use crate::domain::event::Root;
use crate::domain::words::Reason;

/// Keeps the words beside the last event of a root's stream, which was appended just now.
pub fn write<T>(tx: &mut Tx<'_>, root: &Locked<T>, words: &Reason) -> QueryResult<()> {
    statement("INSERT INTO act_words (stream_kind, stream_id, seq, words) VALUES ($1, $2, $3, $4)")
        .bind::<Text, _>(root.chain.root.kind())
        .bind::<BigInt, _>(root.chain.root.id())
        .bind::<BigInt, _>(root.chain.count)
        .bind::<Text, _>(words.as_str())
        .execute(&mut **tx)
        .map(drop)
}

/// An admin's act with its words.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Act {
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub by: Option<String>,
    #[diesel(sql_type = Text)]
    pub words: String,
}

/// The newest acts on something, newest first.
pub fn of(conn: &mut PgConnection, root: Root) -> QueryResult<Vec<Act>> {
    statement(
        "SELECT e.at, e.kind, u.name AS by, w.words FROM act_words w JOIN events e USING (stream_kind, stream_id, seq) \
         LEFT JOIN users u ON u.id = e.actor_id WHERE w.stream_kind = $1 AND w.stream_id = $2 ORDER BY w.seq DESC LIMIT 50",
    )
    .bind::<Text, _>(root.kind())
    .bind::<BigInt, _>(root.id())
    .load(conn)
}
