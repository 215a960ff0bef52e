//! Projects that are brought as a file: keeping the rows, what became of them, and clearing them out.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use serde_json::Value;

use super::failure::count;
use super::prepared::statement;
use super::transaction::Patience;
use super::{Fault, Tx};
use crate::domain::ids::{ImportId, JobId, OrganisationId, ProjectId, UserId};
use crate::domain::import::{KEPT_DAYS, Outcome, RowFields};
use crate::domain::project::Project;
use crate::schema::{import_rows, imports, projects};

/// A file that was brought, and how far it has come.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Import {
    #[diesel(sql_type = BigInt)]
    pub id: ImportId,
    #[diesel(sql_type = BigInt)]
    pub organisation_id: OrganisationId,
    #[diesel(sql_type = BigInt)]
    pub user_id: UserId,
    #[diesel(sql_type = Text)]
    pub source: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Integer)]
    pub row_count: i32,
    #[diesel(sql_type = Timestamptz)]
    pub brought_at: DateTime<Utc>,
    #[diesel(sql_type = Integer)]
    pub runs: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub finished_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub created: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub updated: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub unchanged: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub failed: Option<i32>,
    /// The client's name.
    #[diesel(sql_type = Text)]
    pub client: String,
    /// How many rows have been dealt with.
    #[diesel(sql_type = BigInt)]
    pub done: i64,
    /// The job of the last run.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub job: Option<JobId>,
    /// Its state.
    #[diesel(sql_type = Nullable<Text>)]
    pub status: Option<String>,
    /// How far it is, 0 to 100.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub progress: Option<i16>,
    /// Whether it was asked to stop.
    #[diesel(sql_type = Bool)]
    pub is_asked_to_stop: bool,
}

impl Import {
    /// Whether its rows are being put, or wait for it.
    pub fn is_running(&self) -> bool {
        matches!(self.status.as_deref(), Some("QUEUED" | "RUNNING"))
    }
}

const COLUMNS: &str = "SELECT i.*, o.name AS client, j.id AS job, j.status, j.progress, j.stop_asked_at IS NOT NULL AS is_asked_to_stop, \
        (SELECT count(*) FROM import_rows r WHERE r.import_id = i.id AND r.outcome IS NOT NULL) AS done \
    FROM imports i JOIN organisations o ON o.id = i.organisation_id LEFT JOIN jobs j ON j.unique_key = 'import:' || i.id || ':' || i.runs \
    WHERE i.id = $1";

/// The key of the job that puts a file's rows the how-manieth time.
pub fn job_key(id: ImportId, run: i32) -> String {
    format!("import:{id}:{run}")
}

/// A file that was brought. Whether the reader may know of it is the caller's to ask.
pub fn find(conn: &mut PgConnection, id: ImportId) -> QueryResult<Option<Import>> {
    statement(COLUMNS).bind::<BigInt, _>(id).get_result(conn).optional()
}

/// The same, locked until the transaction ends. A second statement reads what hangs on it: a row joined into the locking one
/// may be older than the lock.
///
/// # Errors
/// [`Fault::Busy`] if somebody holds it for too long.
pub fn lock(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<Import>, Fault> {
    if let Patience::Queue(longest) = tx.patience() {
        tx.wait_at_most(longest)?;
    }
    imports::table.find(id.0).select(imports::id).for_update().first::<i64>(&mut **tx).optional()?;
    Ok(find(tx, id)?)
}

/// A file that is brought.
#[derive(Debug, Clone)]
pub struct Brought<'b> {
    /// For whom.
    pub organisation: OrganisationId,
    /// By whom.
    pub by: UserId,
    /// Where the projects come from.
    pub source: &'b str,
    /// What the file is called.
    pub name: &'b str,
    /// Its rows.
    pub rows: &'b [RowFields],
}

/// Keeps a file's rows.
pub fn write_brought(tx: &mut Tx<'_>, brought: &Brought<'_>) -> QueryResult<ImportId> {
    let rows = i32::try_from(brought.rows.len()).unwrap_or(i32::MAX);
    let id: ImportId = diesel::insert_into(imports::table)
        .values((
            imports::organisation_id.eq(brought.organisation.0),
            imports::user_id.eq(brought.by.0),
            imports::source.eq(brought.source),
            imports::name.eq(brought.name),
            imports::row_count.eq(rows),
        ))
        .returning(imports::id)
        .get_result(&mut **tx)?;
    let fields: Vec<Value> = brought.rows.iter().map(|row| row.0.iter().map(String::as_str).collect()).collect();
    statement(
        "INSERT INTO import_rows (import_id, number, fields) SELECT $1, rows.number, \
            ARRAY(SELECT field FROM jsonb_array_elements_text(rows.fields) WITH ORDINALITY AS f (field, place) ORDER BY place) \
         FROM unnest($2) WITH ORDINALITY AS rows (fields, number)",
    )
    .bind::<BigInt, _>(id)
    .bind::<Array<Jsonb>, _>(fields)
    .execute(&mut **tx)?;
    Ok(id)
}

/// One row of a file, and what it would do or has done.
#[derive(Debug, Clone, QueryableByName)]
pub struct Row {
    /// Its place in the file.
    #[diesel(sql_type = Integer)]
    pub number: i32,
    #[diesel(sql_type = Array<Text>)]
    fields: Vec<String>,
    /// What became of it.
    #[diesel(sql_type = Nullable<Text>)]
    pub outcome: Option<Outcome>,
    /// Why it failed.
    #[diesel(sql_type = Array<Text>)]
    pub wrong: Vec<String>,
    /// The project of this name, as things are now.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub known: Option<ProjectId>,
    /// An earlier row of the same name.
    #[diesel(sql_type = Nullable<Integer>)]
    pub twin: Option<i32>,
}

impl Row {
    /// What it says.
    pub fn fields(&self) -> RowFields {
        RowFields(self.fields.clone())
    }
}

const ROWS: &str = "SELECT r.number, r.fields, r.outcome, r.wrong, p.project_id AS known, \
        (SELECT min(t.number) FROM import_rows t WHERE t.import_id = r.import_id AND t.ref_key = r.ref_key AND t.ref_key <> '' \
            AND t.number < r.number) AS twin \
    FROM import_rows r JOIN imports i ON i.id = r.import_id LEFT JOIN project_references p ON p.organisation_id = i.organisation_id \
        AND p.source_key = key_of(i.source) AND p.ref_key = r.ref_key \
    WHERE r.import_id = $1 AND ";

/// Every row that is kept, in order.
pub fn rows(conn: &mut PgConnection, id: ImportId) -> QueryResult<Vec<Row>> {
    statement(format!("{ROWS}true ORDER BY r.number")).bind::<BigInt, _>(id).load(conn)
}

/// The next rows that nobody has dealt with.
pub fn waiting(conn: &mut PgConnection, id: ImportId, most: i64) -> QueryResult<Vec<Row>> {
    statement(format!("{ROWS}r.outcome IS NULL ORDER BY r.number LIMIT $2")).bind::<BigInt, _>(id).bind::<BigInt, _>(most).load(conn)
}

/// Projects as they are now, by their ids.
pub fn projects(conn: &mut PgConnection, ids: &[ProjectId]) -> QueryResult<Vec<Project>> {
    projects::table.filter(projects::id.eq_any(ids)).select(Project::as_select()).load(conn)
}

/// Writes what became of a row: a project, or what is wrong. Answers whether nobody had written it before.
pub fn write_outcome(
    tx: &mut Tx<'_>,
    id: ImportId,
    number: i32,
    outcome: Outcome,
    project: Option<ProjectId>,
    wrong: &[String],
) -> QueryResult<bool> {
    let row = import_rows::table.find((id.0, number)).filter(import_rows::outcome.is_null());
    let wrote = diesel::update(row)
        .set((import_rows::outcome.eq(Some(outcome)), import_rows::project_id.eq(project.map(|id| id.0)), import_rows::wrong.eq(wrong)))
        .execute(&mut **tx)?;
    Ok(wrote == 1)
}

/// Its rows are put from now on.
pub fn write_started(tx: &mut Tx<'_>, import: &Import) -> Result<i32, Fault> {
    let row = imports::table.find(import.id.0).filter(imports::runs.eq(import.runs));
    let wrote = diesel::update(row).set(imports::runs.eq(import.runs + 1)).execute(&mut **tx)?;
    count("imports started", 1, wrote)?;
    Ok(import.runs + 1)
}

/// Counts what became of the rows and lets those go that were put, once all have been dealt with. Answers whether that is
/// so, and nobody did it before.
pub fn write_finished(tx: &mut Tx<'_>, id: ImportId, at: DateTime<Utc>) -> QueryResult<bool> {
    let counted = statement(
        "UPDATE imports i SET finished_at = $2, created = c.created, updated = c.updated, unchanged = c.unchanged, failed = c.failed \
         FROM (SELECT count(*) FILTER (WHERE outcome = 'CREATED') AS created, count(*) FILTER (WHERE outcome = 'UPDATED') AS updated, \
            count(*) FILTER (WHERE outcome = 'UNCHANGED') AS unchanged, count(*) FILTER (WHERE outcome = 'FAILED') AS failed, \
            count(*) FILTER (WHERE outcome IS NULL) AS waiting FROM import_rows WHERE import_id = $1) AS c \
         WHERE i.id = $1 AND i.finished_at IS NULL AND c.waiting = 0",
    );
    if counted.bind::<BigInt, _>(id).bind::<Timestamptz, _>(at).execute(&mut **tx)? == 0 {
        return Ok(false);
    }
    let put = import_rows::table.filter(import_rows::import_id.eq(id.0)).filter(import_rows::outcome.ne(Some(Outcome::Failed)));
    diesel::delete(put).execute(&mut **tx)?;
    Ok(true)
}

/// Throws a file away, with its rows.
pub fn write_discarded(tx: &mut Tx<'_>, import: &Import) -> Result<(), Fault> {
    count("imports discarded", 1, diesel::delete(imports::table.find(import.id.0)).execute(&mut **tx)?)
}

/// Clears out files that were brought weeks ago.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(imports::table.filter(imports::brought_at.lt(at - TimeDelta::days(KEPT_DAYS)))).execute(conn)
}
