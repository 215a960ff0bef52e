//! What people told the house about projects, profiles and reviews.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};

use super::portion::Portion;
use super::prepared::statement;
use super::{Locked, Tx};
use crate::domain::abuse::{AbuseOf, COUNTED, MOST_A_DAY, Outcome, Subject};
use crate::domain::ids::{AbuseId, ReviewId, UserId};
use crate::domain::user::User;
use crate::domain::words::Reason;
use crate::schema::reviews;

/// What somebody sees of a review that may be reported: its words, and whether it is their own.
#[derive(Debug, Clone, QueryableByName)]
pub struct Said {
    /// The words.
    #[diesel(sql_type = Text)]
    pub words: String,
    /// Whether they wrote it.
    #[diesel(sql_type = Bool)]
    pub is_own: bool,
}

/// A review that everybody reads.
pub fn review(conn: &mut PgConnection, id: i64, by: UserId) -> QueryResult<Option<Said>> {
    let shown = reviews::table.filter(reviews::id.eq(ReviewId(id).0)).filter(reviews::shown_at.is_not_null());
    let row: Option<(String, i64)> = shown.select((reviews::words, reviews::written_by)).first(conn).optional()?;
    Ok(row.map(|(words, written_by)| Said { words, is_own: written_by == by.0 }))
}

/// When there is room for another report of somebody who has made as many as one may in a day, under their account's lock.
pub fn room_again(tx: &mut Tx<'_>, by: &Locked<User>) -> QueryResult<Option<DateTime<Utc>>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Timestamptz)]
        at: DateTime<Utc>,
    }
    let query = "SELECT reported_at AS at FROM abuse_reports WHERE reporter_id = $1 AND reported_at > $2 ORDER BY reported_at DESC OFFSET $3 LIMIT 1";
    let oldest: Option<Row> = statement(query)
        .bind::<BigInt, _>(by.id)
        .bind::<Timestamptz, _>(by.at - COUNTED)
        .bind::<BigInt, _>(MOST_A_DAY - 1)
        .get_result(&mut **tx)
        .optional()?;
    Ok(oldest.map(|row| row.at + COUNTED))
}

/// Keeps a report; nothing where this person has reported this thing before.
pub fn write_reported(tx: &mut Tx<'_>, by: &Locked<User>, subject: Subject, reason: &Reason) -> QueryResult<Option<AbuseId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: AbuseId,
    }
    let new: Option<Row> = statement(
        "INSERT INTO abuse_reports (kind, subject_id, reporter_id, reason, reported_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (reporter_id, kind, subject_id) DO NOTHING RETURNING id",
    )
    .bind::<Text, _>(subject.of)
    .bind::<BigInt, _>(subject.id)
    .bind::<BigInt, _>(by.id)
    .bind::<Text, _>(reason.as_str())
    .bind::<Timestamptz, _>(by.at)
    .get_result(&mut **tx)
    .optional()?;
    Ok(new.map(|row| row.id))
}

/// Settles a report that nobody has settled; whether this did. A rival who settles it at once is waited for.
pub fn write_settled(tx: &mut Tx<'_>, by: &Locked<User>, id: AbuseId, outcome: Outcome, word: &Reason) -> QueryResult<bool> {
    let wrote = statement(
        "UPDATE abuse_reports SET settled_at = $2, settled_by = $3, outcome = $4, settled_word = $5 WHERE id = $1 AND settled_at IS NULL",
    )
    .bind::<BigInt, _>(id)
    .bind::<Timestamptz, _>(by.at)
    .bind::<BigInt, _>(by.id)
    .bind::<Text, _>(outcome)
    .bind::<Text, _>(word.as_str())
    .execute(&mut **tx)?;
    Ok(wrote == 1)
}

/// A report as an admin reads it.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Told {
    #[diesel(sql_type = BigInt)]
    pub id: AbuseId,
    #[diesel(sql_type = Text)]
    pub kind: AbuseOf,
    #[diesel(sql_type = BigInt)]
    pub subject_id: i64,
    /// The project's title, the freelancer's name, or the review's words.
    #[diesel(sql_type = Nullable<Text>)]
    pub about: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub reporter_id: UserId,
    #[diesel(sql_type = Text)]
    pub reporter: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub reported_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub settled_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    pub settled_by: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub outcome: Option<Outcome>,
    #[diesel(sql_type = Nullable<Text>)]
    pub settled_word: Option<String>,
}

const TOLD: &str = "SELECT r.id, r.kind, r.subject_id, r.reporter_id, u.name AS reporter, r.reason, r.reported_at, r.settled_at, \
    s.name AS settled_by, r.outcome, r.settled_word, CASE r.kind \
        WHEN 'PROJECT' THEN (SELECT title FROM projects WHERE id = r.subject_id) \
        WHEN 'PROFILE' THEN (SELECT name FROM users WHERE id = r.subject_id) \
        ELSE (SELECT words FROM reviews WHERE id = r.subject_id) END AS about \
    FROM abuse_reports r JOIN users u ON u.id = r.reporter_id LEFT JOIN users s ON s.id = r.settled_by WHERE ";

/// A portion of them, those that nobody has settled or all, the newest first; and whether there are more.
pub fn list(conn: &mut PgConnection, open: bool, after: Option<AbuseId>, portion: Portion) -> QueryResult<(Vec<Told>, bool)> {
    let mut query = TOLD.to_owned() + if open { "r.settled_at IS NULL AND r.id < $1" } else { "r.id < $1" };
    query.push_str(" ORDER BY r.id DESC");
    query.push_str(portion.limit());
    let rows: Vec<Told> = statement(query).bind::<BigInt, _>(after.unwrap_or(AbuseId(i64::MAX))).load(conn)?;
    Ok(portion.cut(rows))
}

/// One of them.
pub fn find(conn: &mut PgConnection, id: AbuseId) -> QueryResult<Option<Told>> {
    statement(TOLD.to_owned() + "r.id = $1").bind::<BigInt, _>(id).get_result(conn).optional()
}
