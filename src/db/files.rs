//! Files: what they are, whose, on what, and who may read them. The bytes are in the store.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use super::failure::count;
use super::prepared::statement;
use super::{Fault, Locked, Tx};
use crate::domain::file::{FileKind, HOURS_WAITING, On, Sound};
use crate::domain::ids::{FileId, MilestoneId, ProposalId, SubmissionId, UserId};
use crate::domain::user::User;
use crate::schema::files;

/// A file as a list names it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Listed {
    #[diesel(sql_type = BigInt)]
    pub id: FileId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub kind: FileKind,
    #[diesel(sql_type = BigInt)]
    pub size: i64,
}

/// A file as it is handed out.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Kept {
    #[diesel(sql_type = Text)]
    pub place: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub kind: FileKind,
    #[diesel(sql_type = BigInt)]
    pub size: i64,
}

/// Files that are still on no thing.
const WAITING: &str = "num_nonnulls(f.proposal_id, f.message_id, f.submission_id) = 0";

/// A file for somebody who may read it: what it is on decides, and sealed bids are their author's alone. One that waits
/// for its form is its owner's alone.
pub fn readable(conn: &mut PgConnection, id: FileId, reader: UserId) -> QueryResult<Option<Kept>> {
    statement(format!(
        "SELECT f.place, f.name, f.kind, f.size FROM files f LEFT JOIN messages m ON m.id = f.message_id \
         LEFT JOIN threads t ON t.id = m.thread_id LEFT JOIN proposals b ON b.id = coalesce(f.proposal_id, t.proposal_id) \
         LEFT JOIN projects p ON p.id = b.project_id \
         LEFT JOIN memberships o ON o.organisation_id = p.organisation_id AND o.user_id = $2 \
         LEFT JOIN submissions s ON s.id = f.submission_id LEFT JOIN milestones d ON d.id = s.milestone_id \
         LEFT JOIN contracts c ON c.id = d.contract_id \
         LEFT JOIN memberships a ON a.organisation_id = c.organisation_id AND a.user_id = $2 \
         WHERE f.id = $1 AND ({WAITING} AND f.owner_id = $2 OR b.freelancer_id = $2 \
             OR o.user_id IS NOT NULL AND NOT (p.sealed AND p.bids_opened_at IS NULL) \
             OR c.freelancer_id = $2 OR a.user_id IS NOT NULL)"
    ))
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(reader)
    .get_result(conn)
    .optional()
}

/// A proposal's files, in the order in which they came. Whether the reader may know of it is the caller's to ask.
pub fn of_proposal(conn: &mut PgConnection, id: ProposalId) -> QueryResult<Vec<Listed>> {
    statement("SELECT id, name, kind, size FROM files WHERE proposal_id = $1 ORDER BY id").bind::<BigInt, _>(id).load(conn)
}

/// The files of all deliveries of a milestone, each with its delivery, in the order in which they came. Whether the reader
/// may know of it is the caller's to ask.
pub fn of_milestone(conn: &mut PgConnection, id: MilestoneId) -> QueryResult<Vec<(SubmissionId, Listed)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        submission: SubmissionId,
        #[diesel(embed)]
        file: Listed,
    }
    let query = "SELECT f.submission_id AS submission, f.id, f.name, f.kind, f.size FROM submissions s JOIN files f ON f.submission_id = s.id \
        WHERE s.milestone_id = $1 ORDER BY f.id";
    let rows: Vec<Row> = statement(query).bind::<BigInt, _>(id).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.submission, row.file)).collect())
}

/// Of these files, those that somebody may add to a thing: their own that wait, and those that are on this proposal of
/// theirs already.
pub fn choosable(conn: &mut PgConnection, owner: UserId, named: &[FileId], proposal: Option<ProposalId>) -> QueryResult<Vec<Listed>> {
    statement(format!(
        "SELECT f.id, f.name, f.kind, f.size FROM files f WHERE f.owner_id = $1 AND f.id = ANY($2) AND ({WAITING} OR f.proposal_id = $3) \
         ORDER BY f.id"
    ))
    .bind::<BigInt, _>(owner)
    .bind::<Array<BigInt>, _>(named)
    .bind::<Nullable<BigInt>, _>(proposal)
    .load(conn)
}

/// How many files somebody keeps, and of how many bytes.
pub fn kept_by(tx: &mut Tx<'_>, owner: UserId) -> QueryResult<(i64, i64)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        files: i64,
        #[diesel(sql_type = BigInt)]
        bytes: i64,
    }
    let query = statement("SELECT count(*) AS files, coalesce(sum(size), 0)::bigint AS bytes FROM files WHERE owner_id = $1");
    let row: Row = query.bind::<BigInt, _>(owner).get_result(&mut **tx)?;
    Ok((row.files, row.bytes))
}

/// Keeps a file that waits for its form; its bytes are in the store already.
pub fn write_held(tx: &mut Tx<'_>, owner: &Locked<User>, place: &str, file: &Sound, size: i64) -> Result<FileId, Fault> {
    Ok(diesel::insert_into(files::table)
        .values((
            files::owner_id.eq(owner.id.0),
            files::place.eq(place),
            files::name.eq(file.name.as_str()),
            files::kind.eq(file.kind),
            files::size.eq(size),
            files::added_at.eq(owner.at),
        ))
        .returning(files::id)
        .get_result(&mut **tx)?)
}

/// Adds files that wait to a thing; answers whether all of them were there.
pub fn write_added(tx: &mut Tx<'_>, owner: UserId, named: &[FileId], on: On) -> Result<bool, Fault> {
    let text = match on {
        On::Proposal(_) => "UPDATE files f SET proposal_id = $3",
        On::Message(_) => "UPDATE files f SET message_id = $3",
        On::Delivery(_) => "UPDATE files f SET submission_id = $3",
    };
    let id = match on {
        On::Proposal(id) => id.0,
        On::Message(id) => id.0,
        On::Delivery(id) => id.0,
    };
    let wrote = statement(format!("{text} WHERE f.owner_id = $1 AND f.id = ANY($2) AND {WAITING}"))
        .bind::<BigInt, _>(owner)
        .bind::<Array<BigInt>, _>(named)
        .bind::<BigInt, _>(id)
        .execute(&mut **tx)?;
    Ok(wrote == named.len())
}

/// Takes files off a proposal; their bytes go later.
pub fn write_taken_off(tx: &mut Tx<'_>, proposal: ProposalId, gone: &[FileId]) -> Result<(), Fault> {
    let wrote = statement(
        "WITH gone AS (DELETE FROM files WHERE proposal_id = $1 AND id = ANY($2) RETURNING place) \
         INSERT INTO file_leftovers (place) SELECT place FROM gone",
    )
    .bind::<BigInt, _>(proposal)
    .bind::<Array<BigInt>, _>(gone)
    .execute(&mut **tx)?;
    count("files taken off", gone.len(), wrote)
}

/// Lets go the files that have waited too long and that no draft names. Answers how many.
pub fn purge(conn: &mut PgConnection, at: chrono::DateTime<chrono::Utc>) -> QueryResult<usize> {
    statement(format!(
        "WITH gone AS (DELETE FROM files f WHERE {WAITING} AND f.added_at < $1 AND NOT EXISTS (SELECT FROM drafts d \
             WHERE d.user_id = f.owner_id AND d.fields @> jsonb_build_array(jsonb_build_array('file', f.id::text))) RETURNING place) \
         INSERT INTO file_leftovers (place) SELECT place FROM gone"
    ))
    .bind::<Timestamptz, _>(at - chrono::TimeDelta::hours(HOURS_WAITING))
    .execute(conn)
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = Text)]
    place: String,
}

fn places(rows: Vec<Place>) -> Vec<String> {
    rows.into_iter().map(|row| row.place).collect()
}

/// Places whose bytes are to go, some at a time.
pub fn leftovers(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    Ok(places(statement("SELECT place FROM file_leftovers ORDER BY left_at LIMIT 200").load(conn)?))
}

/// The bytes of these places went.
pub fn write_gone(conn: &mut PgConnection, gone: &[String]) -> QueryResult<usize> {
    statement("DELETE FROM file_leftovers WHERE place = ANY($1)").bind::<Array<Text>, _>(gone).execute(conn)
}

/// Of these places in the store, those that no row names.
pub fn unknown(conn: &mut PgConnection, found: &[String]) -> QueryResult<Vec<String>> {
    let query = statement("SELECT place FROM unnest($1) AS place WHERE place NOT IN (SELECT place FROM files WHERE place = ANY($1))");
    Ok(places(query.bind::<Array<Text>, _>(found).load(conn)?))
}

/// Files behind an id, with their places: to ask the store whether it has them.
pub fn all_after(conn: &mut PgConnection, after: FileId) -> QueryResult<Vec<(FileId, String)>> {
    files::table.filter(files::id.gt(after.0)).order(files::id).limit(500).select((files::id, files::place)).load(conn)
}
