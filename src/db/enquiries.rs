//! Questions about projects with their answers: finding, listing, and writing under the project's lock.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::failure::count;
use super::portion::Portion;
use super::prepared::literal;
use super::{Fault, Locked, Tx, freelancers};
use crate::domain::ids::{EnquiryId, ProjectId, UserId};
use crate::domain::project::Project;
use crate::domain::proposal::Submitter;
use crate::domain::words::{EnquiryAnswer, EnquiryWords};
use crate::schema::{enquiries, enquiry_answers, proposals, users};

/// A question and what was answered, oldest first. Who asked is not read: nobody is shown it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its id.
    pub id: EnquiryId,
    /// The question.
    pub words: String,
    /// When it was asked.
    pub at: DateTime<Utc>,
    /// Whether the reader asked it.
    pub mine: bool,
    /// The answer and its corrections.
    pub answers: Vec<Given>,
}

/// An answer, or a correction of one.
#[derive(Debug, Clone, Queryable)]
pub struct Given {
    /// 1 is the answer, each later one a correction.
    pub number: i32,
    /// What it says.
    pub words: String,
    /// When it was given.
    pub at: DateTime<Utc>,
    /// The name of who gave it.
    pub by: String,
}

/// Which project a question is about, and who asked: never changes, so that it may be read before the lock.
pub fn about(conn: &mut PgConnection, id: EnquiryId) -> QueryResult<Option<(ProjectId, UserId)>> {
    enquiries::table.find(id.0).select((enquiries::project_id, enquiries::asker_id)).first(conn).optional()
}

/// The question that somebody asked in these words, if they did.
pub fn same(conn: &mut PgConnection, project: ProjectId, by: UserId, words: &EnquiryWords) -> QueryResult<Option<EnquiryId>> {
    enquiries::table
        .filter(enquiries::project_id.eq(project.0))
        .filter(enquiries::asker_id.eq(by.0))
        .filter(literal::<Bool>("md5(key_of(words)) = md5(key_of(").bind::<Text, _>(words.as_str()).sql("))"))
        .select(enquiries::id)
        .first(conn)
        .optional()
}

/// Who asks, whether they sent a proposal, and how much they have asked, as read under the project's lock.
pub fn asker(tx: &mut Tx<'_>, project: &Locked<Project>, by: UserId) -> QueryResult<(Submitter, bool, i64)> {
    let asker = freelancers::standing(tx, by, project)?;
    let offered = proposals::table.filter(proposals::project_id.eq(project.id.0)).filter(proposals::freelancer_id.eq(by.0));
    let own = enquiries::table.filter(enquiries::project_id.eq(project.id.0)).filter(enquiries::asker_id.eq(by.0));
    let (has_offered, asked) = diesel::select((exists(offered), own.count().single_value().assume_not_null())).get_result(&mut **tx)?;
    Ok((asker, has_offered, asked))
}

/// Writes a question down.
pub fn write_asked(tx: &mut Tx<'_>, project: &Locked<Project>, by: UserId, words: &EnquiryWords) -> Result<EnquiryId, Fault> {
    Ok(diesel::insert_into(enquiries::table)
        .values((
            enquiries::project_id.eq(project.id.0),
            enquiries::asker_id.eq(by.0),
            enquiries::words.eq(words.as_str()),
            enquiries::asked_at.eq(project.at),
        ))
        .returning(enquiries::id)
        .get_result(&mut **tx)?)
}

/// The answer that holds: the last one.
pub fn standing(conn: &mut PgConnection, id: EnquiryId) -> QueryResult<Option<Given>> {
    given(conn, &[id]).map(|mut answers| answers.pop().map(|(_, given)| given))
}

/// Writes an answer behind those there are.
pub fn write_answered(
    tx: &mut Tx<'_>,
    project: &Locked<Project>,
    id: EnquiryId,
    by: UserId,
    number: i32,
    words: &EnquiryAnswer,
) -> Result<(), Fault> {
    let wrote = diesel::insert_into(enquiry_answers::table)
        .values((
            enquiry_answers::enquiry_id.eq(id.0),
            enquiry_answers::number.eq(number),
            enquiry_answers::words.eq(words.as_str()),
            enquiry_answers::answered_by.eq(by.0),
            enquiry_answers::answered_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("answers given", 1, wrote)
}

/// Which questions are looked for.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    /// A page of a project's, newest first, those behind one of them.
    Of(ProjectId, Option<EnquiryId>),
    /// A single one.
    One(EnquiryId),
}

/// Questions as one person may read them, newest first, and whether there are more. Whether the reader may know of the
/// project is the caller's to ask.
pub fn read(conn: &mut PgConnection, which: Which, reader: Option<UserId>) -> QueryResult<(Vec<Asked>, bool)> {
    portion(conn, which, reader, Portion::Page)
}

/// A portion of them.
pub fn portion(conn: &mut PgConnection, which: Which, reader: Option<UserId>, portion: Portion) -> QueryResult<(Vec<Asked>, bool)> {
    let mut query = enquiries::table.into_boxed();
    query = match which {
        Which::Of(project, after) => {
            query.filter(enquiries::project_id.eq(project.0)).filter(enquiries::id.lt(after.map_or(i64::MAX, |after| after.0)))
        }
        Which::One(id) => query.filter(enquiries::id.eq(id.0)),
    };
    let rows: Vec<(EnquiryId, String, DateTime<Utc>, UserId)> = query
        .order(enquiries::id.desc())
        .limit(portion.read())
        .select((enquiries::id, enquiries::words, enquiries::asked_at, enquiries::asker_id))
        .load(conn)?;
    let (rows, more) = portion.cut(rows);
    if rows.is_empty() {
        return Ok((Vec::new(), false));
    }
    let ids: Vec<EnquiryId> = rows.iter().map(|(id, ..)| *id).collect();
    let answers = given(conn, &ids)?;
    let of = |id| answers.iter().filter(|(about, _)| *about == id).map(|(_, given)| given.clone()).collect();
    let asked = rows.into_iter().map(|(id, words, at, asker)| Asked { id, words, at, mine: reader == Some(asker), answers: of(id) });
    Ok((asked.collect(), more))
}

fn given(conn: &mut PgConnection, ids: &[EnquiryId]) -> QueryResult<Vec<(EnquiryId, Given)>> {
    enquiry_answers::table
        .inner_join(users::table)
        .filter(enquiry_answers::enquiry_id.eq_any(ids))
        .order((enquiry_answers::enquiry_id, enquiry_answers::number))
        .select((enquiry_answers::enquiry_id, (enquiry_answers::number, enquiry_answers::words, enquiry_answers::answered_at, users::name)))
        .load(conn)
}
