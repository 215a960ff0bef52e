//! Writing drafts, each by one statement: they hang on no state, so that nothing else is locked. Two requests for one
//! form meet at `drafts_one_per_form`, where the second one is judged by the row that the first one left.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text};

use crate::db::Fault;
use crate::db::prepared::statement;
use crate::domain::draft::{DAYS_AFTER, DAYS_KEPT, DraftFields, DraftState, Form, FormKind, Stamp};
use crate::domain::ids::{DraftId, UserId};
use crate::domain::request::RequestKey;
use crate::schema::drafts;

/// Requests of the page that wrote last are taken in their order, but for those that come after it was sent; those of
/// another page by the time at which they were typed. That is never later than now: a clock that goes wrong locks nobody out.
const NEWER: &str = "CASE WHEN drafts.page = excluded.page AND drafts.page <> '' \
    THEN drafts.state = 'KEPT' AND drafts.turn <= excluded.turn ELSE drafts.typed_at <= excluded.typed_at END";

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: DraftId,
}

/// Keeps what was typed; nothing is answered where something newer stands.
///
/// # Errors
/// [`Fault`] of the constraint `drafts_at_most_fifty` or `drafts_fields_short`; or whatever broke.
pub fn write_saved(
    conn: &mut PgConnection,
    user: UserId,
    form: Form,
    fields: &DraftFields,
    stamp: &Stamp,
) -> Result<Option<DraftId>, Fault> {
    let query = format!(
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) \
         SELECT $1, $2, $3, $4, $5, coalesce($6, (extract(epoch FROM clock_timestamp()) * 1000)::bigint), \
            least(clock_timestamp(), coalesce(to_timestamp($6 / 1000.0), 'infinity')) \
         ON CONFLICT ON CONSTRAINT drafts_one_per_form DO UPDATE SET state = 'KEPT', fields = excluded.fields, page = excluded.page, \
            turn = excluded.turn, typed_at = excluded.typed_at, updated_at = clock_timestamp(), \
            begun_at = CASE drafts.state WHEN 'KEPT' THEN drafts.begun_at ELSE clock_timestamp() END \
         WHERE {NEWER} RETURNING id"
    );
    let fields = serde_json::to_value(fields).map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    let (kind, subject) = form.key();
    let written: Option<Id> = statement(query)
        .bind::<BigInt, _>(user)
        .bind::<Text, _>(kind)
        .bind::<BigInt, _>(subject)
        .bind::<Jsonb, _>(fields)
        .bind::<Text, _>(stamp.page.as_ref().map_or("", RequestKey::as_str))
        .bind::<Nullable<BigInt>, _>(stamp.typed)
        .get_result(conn)
        .optional()?;
    Ok(written.map(|row| row.id))
}

/// The form was sent from this page: whatever stood in its draft is gone, and what that page still has on its way will
/// not bring it back. Costs nothing where nobody saved a draft, as then it is not called.
pub fn write_sent(conn: &mut PgConnection, user: UserId, form: Form, page: &RequestKey) -> QueryResult<()> {
    let (kind, subject) = form.key();
    statement(
        "INSERT INTO drafts (user_id, kind, subject_id, state, fields, page, turn, typed_at) \
         VALUES ($1, $2, $3, 'SENT', '[]', $4, 0, clock_timestamp()) \
         ON CONFLICT ON CONSTRAINT drafts_one_per_form DO UPDATE SET state = 'SENT', fields = '[]', page = excluded.page, turn = 0, \
            typed_at = excluded.typed_at, updated_at = clock_timestamp()",
    )
    .bind::<BigInt, _>(user)
    .bind::<Text, _>(kind)
    .bind::<BigInt, _>(subject)
    .bind::<Text, _>(page.as_str())
    .execute(conn)
    .map(drop)
}

/// Puts a draft away, and answers what it was for; nothing where this person keeps no such draft.
pub fn write_discarded(conn: &mut PgConnection, user: UserId, id: DraftId) -> QueryResult<Option<Form>> {
    moved(conn, user, id, DraftState::Kept, DraftState::Discarded)
}

/// Brings back one that was put away.
pub fn write_restored(conn: &mut PgConnection, user: UserId, id: DraftId) -> QueryResult<Option<Form>> {
    moved(conn, user, id, DraftState::Discarded, DraftState::Kept)
}

/// It was typed until now, so that no request from before the move undoes it.
fn moved(conn: &mut PgConnection, user: UserId, id: DraftId, from: DraftState, to: DraftState) -> QueryResult<Option<Form>> {
    let own = drafts::table.find(id.0).filter(drafts::user_id.eq(user.0)).filter(drafts::state.eq(from));
    let now = diesel::dsl::sql::<diesel::sql_types::Timestamptz>("clock_timestamp()");
    let row: Option<(FormKind, i64)> = diesel::update(own)
        .set((drafts::state.eq(to), drafts::page.eq(""), drafts::typed_at.eq(now.clone()), drafts::updated_at.eq(now)))
        .returning((drafts::kind, drafts::subject_id))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(kind, subject)| Form::of(kind, subject)))
}

/// Everything in the form was deleted: a draft of it is put away with the words that it had, unless those are newer.
pub fn write_blank(conn: &mut PgConnection, user: UserId, form: Form, stamp: &Stamp) -> QueryResult<()> {
    let (kind, subject) = form.key();
    statement(
        "UPDATE drafts SET state = 'DISCARDED', page = '', typed_at = clock_timestamp(), updated_at = clock_timestamp() \
         WHERE user_id = $1 AND kind = $2 AND subject_id = $3 AND state = 'KEPT' \
            AND CASE WHEN page = $4 AND page <> '' THEN turn <= coalesce($5, turn) \
                ELSE typed_at <= coalesce(to_timestamp($5 / 1000.0), clock_timestamp()) END",
    )
    .bind::<BigInt, _>(user)
    .bind::<Text, _>(kind)
    .bind::<BigInt, _>(subject)
    .bind::<Text, _>(stamp.page.as_ref().map_or("", RequestKey::as_str))
    .bind::<Nullable<BigInt>, _>(stamp.typed)
    .execute(conn)
    .map(drop)
}

/// Deletes what was kept for as long as drafts are, and what was sent or discarded before yesterday.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    let forgotten = drafts::updated_at.lt(at - TimeDelta::days(DAYS_KEPT));
    let ended = drafts::state.ne(DraftState::Kept).and(drafts::updated_at.lt(at - TimeDelta::days(DAYS_AFTER)));
    diesel::delete(drafts::table.filter(forgotten.or(ended))).execute(conn)
}
