//! Files that are made in the background: asking, keeping their pieces, and reading them.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use serde_json::Value;

use super::failure::count;
use super::prepared::statement;
use super::{Fault, Tx};
use crate::domain::export::KEPT_DAYS;
use crate::domain::ids::{ExportId, JobId, UserId};
use crate::schema::{export_chunks, exports};

/// How large a piece is at most.
const PIECE: usize = 1 << 20;

/// A file, and how far it has come.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Export {
    #[diesel(sql_type = BigInt)]
    pub id: ExportId,
    #[diesel(sql_type = BigInt)]
    pub user_id: UserId,
    #[diesel(sql_type = Jsonb)]
    pub wanted: Value,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Timestamptz)]
    pub asked_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub made_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub lines: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub size: Option<i64>,
    /// The job that makes it; none once that was cleared out.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub job: Option<JobId>,
    /// Its state.
    #[diesel(sql_type = Nullable<Text>)]
    pub status: Option<String>,
    /// How far it is, 0 to 100.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub progress: Option<i16>,
    /// With what it is busy.
    #[diesel(sql_type = Nullable<Text>)]
    pub step: Option<String>,
}

const COLUMNS: &str = "SELECT e.id, e.user_id, e.wanted, e.name, e.asked_at, e.made_at, e.lines, e.size, j.id AS job, j.status, j.progress, j.step \
    FROM exports e LEFT JOIN jobs j ON j.unique_key = 'export:' || e.id WHERE ";

/// The key of the job that makes a file.
pub fn job_key(id: ExportId) -> String {
    format!("export:{id}")
}

/// A file by its id, whoever asked for it.
pub fn find(conn: &mut PgConnection, id: ExportId) -> QueryResult<Option<Export>> {
    statement(format!("{COLUMNS}e.id = $1")).bind::<BigInt, _>(id).get_result(conn).optional()
}

/// One of a person's files.
pub fn find_for(conn: &mut PgConnection, id: ExportId, user: UserId) -> QueryResult<Option<Export>> {
    statement(format!("{COLUMNS}e.id = $1 AND e.user_id = $2")).bind::<BigInt, _>(id).bind::<BigInt, _>(user).get_result(conn).optional()
}

/// A person's files, the last one first.
pub fn of_person(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Export>> {
    statement(format!("{COLUMNS}e.user_id = $1 ORDER BY e.id DESC")).bind::<BigInt, _>(user).load(conn)
}

/// How many a person has.
pub fn count_of(conn: &mut PgConnection, user: UserId) -> QueryResult<i64> {
    exports::table.filter(exports::user_id.eq(user.0)).count().get_result(conn)
}

/// Writes down that a file is wanted; nothing new under a key that was used. Answers its id, and whether it is new.
pub fn write_asked(tx: &mut Tx<'_>, user: UserId, key: &str, wanted: &Value, name: &str) -> QueryResult<(ExportId, bool)> {
    let made: Option<ExportId> = diesel::insert_into(exports::table)
        .values((exports::user_id.eq(user.0), exports::key.eq(key), exports::wanted.eq(wanted), exports::name.eq(name)))
        .on_conflict((exports::user_id, exports::key))
        .do_nothing()
        .returning(exports::id)
        .get_result(&mut **tx)
        .optional()?;
    match made {
        Some(id) => Ok((id, true)),
        None => Ok((
            exports::table.filter(exports::user_id.eq(user.0)).filter(exports::key.eq(key)).select(exports::id).first(&mut **tx)?,
            false,
        )),
    }
}

/// Begins a file anew: what an earlier attempt left goes.
pub fn write_begun(tx: &mut Tx<'_>, id: ExportId) -> QueryResult<()> {
    diesel::delete(export_chunks::table.filter(export_chunks::export_id.eq(id.0))).execute(&mut **tx).map(drop)
}

/// Puts bytes behind those there are, the first piece in this place. Answers the next place.
pub fn write_part(tx: &mut Tx<'_>, id: ExportId, place: i32, bytes: &[u8]) -> Result<i32, Fault> {
    let mut next = place;
    for piece in bytes.chunks(PIECE) {
        let row = (export_chunks::export_id.eq(id.0), export_chunks::number.eq(next), export_chunks::bytes.eq(piece));
        count("pieces kept", 1, diesel::insert_into(export_chunks::table).values(row).execute(&mut **tx)?)?;
        next += 1;
    }
    Ok(next)
}

/// The file is whole. Answers whether it was not before.
pub fn write_made(tx: &mut Tx<'_>, id: ExportId, at: DateTime<Utc>, lines: i64) -> QueryResult<bool> {
    let made = statement(
        "UPDATE exports SET made_at = $2, lines = $3, size = (SELECT coalesce(sum(length(bytes)), 0) FROM export_chunks WHERE export_id = $1) \
         WHERE id = $1 AND made_at IS NULL",
    );
    let made = made.bind::<BigInt, _>(id).bind::<Timestamptz, _>(at).bind::<BigInt, _>(lines);
    Ok(made.execute(&mut **tx)? == 1)
}

/// One piece of a file that is whole, for who asked for it.
pub fn piece(conn: &mut PgConnection, id: ExportId, user: UserId, number: i32) -> QueryResult<Option<Vec<u8>>> {
    export_chunks::table
        .inner_join(exports::table)
        .filter(exports::id.eq(id.0))
        .filter(exports::user_id.eq(user.0))
        .filter(exports::made_at.is_not_null())
        .filter(export_chunks::number.eq(number))
        .select(export_chunks::bytes)
        .first(conn)
        .optional()
}

/// Clears out files that were asked for days ago.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(exports::table.filter(exports::asked_at.lt(at - TimeDelta::days(KEPT_DAYS)))).execute(conn)
}
