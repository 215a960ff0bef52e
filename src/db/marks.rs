//! Marks on proposals: reading them with names, and writing each in one statement that two at once cannot undo for each
//! other.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::query_dsl::methods;
use diesel::upsert::excluded;

use super::locked::clock_timestamp;
use super::{Fault, Tx};
use crate::domain::ids::{ProposalId, UserId};
use crate::domain::membership::{Member, Role};
use crate::domain::project::Project;
use crate::domain::proposal::MarkKind;
use crate::domain::words::Note;
use crate::schema::{memberships, projects, proposal_marks as marks, proposals, users};

/// A mark with the name of who changed it last.
#[derive(Debug, Clone, Queryable)]
pub struct Mark {
    /// On which proposal.
    pub proposal: ProposalId,
    /// Which.
    pub kind: MarkKind,
    /// Whether it is set; otherwise it was taken off.
    pub stands: bool,
    /// Whether the freelancer is told.
    pub shared: bool,
    /// Of a note.
    pub words: String,
    /// Rises with each change.
    pub version: i32,
    /// Who changed it last.
    pub by: UserId,
    /// Their name.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A row's columns as [`Mark`] takes them.
const COLUMNS: (
    marks::proposal_id,
    marks::kind,
    marks::stands,
    marks::shared,
    marks::words,
    marks::version,
    marks::set_by,
    users::name,
    marks::set_at,
) = (
    marks::proposal_id,
    marks::kind,
    marks::stands,
    marks::shared,
    marks::words,
    marks::version,
    marks::set_by,
    users::name,
    marks::set_at,
);

/// The marks of one proposal, those that were taken off too. For members only: who asks is the caller's to know.
pub fn of_proposal(conn: &mut PgConnection, id: ProposalId) -> QueryResult<Vec<Mark>> {
    marks::table.inner_join(users::table).filter(marks::proposal_id.eq(id.0)).select(COLUMNS).load(conn)
}

/// The marks of all proposals of a project, as [`of_proposal`]; none while bids are sealed.
pub fn of_project(conn: &mut PgConnection, project: &Project) -> QueryResult<Vec<Mark>> {
    if project.bids_are_sealed() {
        return Ok(Vec::new());
    }
    let ours = proposals::table.filter(proposals::project_id.eq(project.id.0)).select(proposals::id);
    marks::table.inner_join(users::table).filter(marks::proposal_id.eq_any(ours)).select(COLUMNS).load(conn)
}

/// When the freelancer was told that the proposal is on the short list, if so.
pub fn shared_at(conn: &mut PgConnection, id: ProposalId) -> QueryResult<Option<DateTime<Utc>>> {
    let row = marks::table.find((id.0, MarkKind::Shortlisted));
    row.filter(marks::shared).select(marks::set_at).first(conn).optional()
}

/// A proposal's project, and what somebody is to its client: what a mark is judged by.
pub fn ground(conn: &mut PgConnection, id: ProposalId, by: UserId) -> QueryResult<Option<(Project, Option<Member>)>> {
    let membership = memberships::organisation_id.eq(projects::organisation_id).and(memberships::user_id.eq(by.0));
    let row: Option<(Project, Option<Role>)> = projects::table
        .inner_join(proposals::table.on(proposals::project_id.eq(projects::id)))
        .left_join(memberships::table.on(membership))
        .filter(proposals::id.eq(id.0))
        .select((Project::as_select(), memberships::role.nullable()))
        .first(conn)
        .optional()?;
    Ok(row.map(|(project, role)| {
        let member = role.map(|role| Member { user: by, organisation: project.organisation_id, role });
        (project, member)
    }))
}

/// Sets a mark. One that stands already keeps who set it and when, unless only now the freelancer is to be told.
/// Answers whether anything changed.
pub fn write_set(tx: &mut Tx<'_>, id: ProposalId, kind: MarkKind, shared: bool, by: UserId) -> Result<bool, Fault> {
    let news = marks::stands.eq(false).or(marks::shared.eq(false).and(excluded(marks::shared)));
    let row = (marks::proposal_id.eq(id.0), marks::kind.eq(kind), marks::stands.eq(true), marks::shared.eq(shared), marks::set_by.eq(by.0));
    let written_over = diesel::insert_into(marks::table).values(row).on_conflict((marks::proposal_id, marks::kind)).do_update().set((
        marks::stands.eq(true),
        marks::shared.eq(marks::shared.or(excluded(marks::shared))),
        marks::version.eq(marks::version + 1),
        marks::set_by.eq(excluded(marks::set_by)),
        marks::set_at.eq(clock_timestamp()),
    ));
    let wrote = methods::FilterDsl::filter(written_over, news).execute(&mut **tx)?;
    Ok(wrote == 1)
}

/// Takes a mark off; the row stays and says by whom. Answers whether it stood.
pub fn write_lifted(tx: &mut Tx<'_>, id: ProposalId, kind: MarkKind, by: UserId) -> Result<bool, Fault> {
    let wrote = diesel::update(marks::table.find((id.0, kind)).filter(marks::stands))
        .set((
            marks::stands.eq(false),
            marks::shared.eq(false),
            marks::version.eq(marks::version + 1),
            marks::set_by.eq(by.0),
            marks::set_at.eq(clock_timestamp()),
        ))
        .execute(&mut **tx)?;
    Ok(wrote == 1)
}

/// Writes a note over the version that was read; 0 where there was none. Answers whether that still was the last one.
/// A cleared note stays as a row without words, so that its versions go on.
pub fn write_note(tx: &mut Tx<'_>, id: ProposalId, seen: i32, words: &Note, by: UserId) -> Result<bool, Fault> {
    let stands = !words.as_str().is_empty();
    let row = (
        marks::proposal_id.eq(id.0),
        marks::kind.eq(MarkKind::Noted),
        marks::stands.eq(stands),
        marks::words.eq(words.as_str()),
        marks::set_by.eq(by.0),
    );
    let written_over = diesel::insert_into(marks::table).values(row).on_conflict((marks::proposal_id, marks::kind)).do_update().set((
        marks::stands.eq(excluded(marks::stands)),
        marks::words.eq(excluded(marks::words)),
        marks::version.eq(marks::version + 1),
        marks::set_by.eq(excluded(marks::set_by)),
        marks::set_at.eq(clock_timestamp()),
    ));
    let wrote = methods::FilterDsl::filter(written_over, marks::version.eq(seen)).execute(&mut **tx)?;
    Ok(wrote == 1)
}

/// Whether the note says just this already.
pub fn note_is(tx: &mut Tx<'_>, id: ProposalId, words: &Note) -> QueryResult<bool> {
    let noted: Option<String> = marks::table.find((id.0, MarkKind::Noted)).select(marks::words).first(&mut **tx).optional()?;
    Ok(noted.unwrap_or_default() == words.as_str())
}
