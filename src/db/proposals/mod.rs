//! Proposals: finding, reading under the project's lock, writing.

mod read;

use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::failure::count;
use super::{Fault, Locked, Tx};
use crate::domain::ids::{ContractId, ProjectId, ProposalId, UserId};
use crate::domain::project::{Bid, Project};
use crate::domain::proposal::{Proposal, ProposalContent, ProposalStatus};
use crate::schema::{contracts, memberships, projects, proposals};

pub use read::{Named, named, of_project};

/// A proposal by its id. Whether the reader may know of it is the caller's to ask.
pub fn find(conn: &mut PgConnection, id: ProposalId) -> QueryResult<Option<Proposal>> {
    proposals::table.find(id.0).select(Proposal::as_select()).first(conn).optional()
}

/// Which project a proposal belongs to: never changes, so that it may be asked before the lock.
pub fn project_of(conn: &mut PgConnection, id: ProposalId) -> QueryResult<Option<ProjectId>> {
    proposals::table.find(id.0).select(proposals::project_id).first(conn).optional()
}

/// A freelancer's own proposal on a project.
pub fn own(conn: &mut PgConnection, project: ProjectId, freelancer: UserId) -> QueryResult<Option<Proposal>> {
    proposals::table
        .filter(proposals::project_id.eq(project.0))
        .filter(proposals::freelancer_id.eq(freelancer.0))
        .select(Proposal::as_select())
        .first(conn)
        .optional()
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// The next number of a sequence; numbers may be left out.
    fn nextval(sequence: Text) -> BigInt;
}

/// The proposal and all else that an award is judged by, read under the project's lock.
pub fn bid(tx: &mut Tx<'_>, project: &Locked<Project>, id: ProposalId) -> QueryResult<Option<Bid>> {
    let Some(proposal) = find(tx, id)? else {
        return Ok(None);
    };
    let others = proposals::table
        .filter(proposals::project_id.eq(project.id.0))
        .filter(proposals::status.eq(ProposalStatus::Pending))
        .filter(proposals::id.ne(id.0))
        .order(proposals::id)
        .select(proposals::id)
        .load(&mut **tx)?;
    let author = memberships::table.find((project.organisation_id.0, proposal.freelancer_id.0));
    let contract = contracts::table.filter(contracts::proposal_id.eq(id.0)).select(contracts::id).single_value();
    let (author_is_member, contract, next_contract): (bool, Option<ContractId>, ContractId) =
        select((exists(author), contract, nextval("contracts_id_seq"))).get_result(&mut **tx)?;
    Ok(Some(Bid { proposal, author_is_member, others, contract, next_contract }))
}

/// Writes a freelancer's first proposal on a project.
pub fn write_submitted(tx: &mut Tx<'_>, project: &Locked<Project>, by: UserId, content: &ProposalContent) -> Result<Proposal, Fault> {
    let proposal = diesel::insert_into(proposals::table)
        .values((
            proposals::project_id.eq(project.id.0),
            proposals::freelancer_id.eq(by.0),
            proposals::amount.eq(content.amount),
            proposals::days.eq(content.days),
            proposals::start_on.eq(content.start_on),
            proposals::cover_letter.eq(content.cover_letter.as_str()),
            proposals::questions.eq(&content.questions),
            proposals::answers.eq(&content.answers),
            proposals::milestones.eq(content.milestones_json()),
            proposals::scope_version.eq(project.scope_version),
            proposals::created_at.eq(project.at),
            proposals::updated_at.eq(project.at),
        ))
        .returning(Proposal::as_returning())
        .get_result(&mut **tx)?;
    change_count(tx, project, 1)?;
    Ok(proposal)
}

/// Writes new words over a freelancer's own proposal, which is pending (again) after it.
pub fn write_revised(tx: &mut Tx<'_>, project: &Locked<Project>, own: &Proposal, content: &ProposalContent) -> Result<(), Fault> {
    let wrote = diesel::update(guarded(own, own.status))
        .set((
            proposals::status.eq(ProposalStatus::Pending),
            proposals::amount.eq(content.amount),
            proposals::days.eq(content.days),
            proposals::start_on.eq(content.start_on),
            proposals::cover_letter.eq(content.cover_letter.as_str()),
            proposals::questions.eq(&content.questions),
            proposals::answers.eq(&content.answers),
            proposals::milestones.eq(content.milestones_json()),
            proposals::version.eq(own.version + 1),
            proposals::scope_version.eq(project.scope_version),
            proposals::declined_at.eq(None::<chrono::DateTime<chrono::Utc>>),
            proposals::declined_by.eq(None::<i64>),
            proposals::decline_reason.eq(None::<String>),
            proposals::updated_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("proposals revised", 1, wrote)?;
    if own.status == ProposalStatus::Withdrawn { change_count(tx, project, 1) } else { Ok(()) }
}

/// → WITHDRAWN.
pub fn write_withdrawn(tx: &mut Tx<'_>, project: &Locked<Project>, own: &Proposal) -> Result<(), Fault> {
    let wrote = diesel::update(guarded(own, own.status))
        .set((
            proposals::status.eq(ProposalStatus::Withdrawn),
            proposals::declined_at.eq(None::<chrono::DateTime<chrono::Utc>>),
            proposals::declined_by.eq(None::<i64>),
            proposals::decline_reason.eq(None::<String>),
            proposals::updated_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("proposals withdrawn", 1, wrote)?;
    change_count(tx, project, -1)
}

/// PENDING → REJECTED by hand.
pub fn write_declined(tx: &mut Tx<'_>, project: &Locked<Project>, proposal: &Proposal, by: UserId, reason: &str) -> Result<(), Fault> {
    let wrote = diesel::update(guarded(proposal, ProposalStatus::Pending))
        .set((
            proposals::status.eq(ProposalStatus::Rejected),
            proposals::declined_at.eq(Some(project.at)),
            proposals::declined_by.eq(Some(by.0)),
            proposals::decline_reason.eq(Some(reason)),
            proposals::updated_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("proposals declined", 1, wrote)
}

/// A decline → PENDING again.
pub fn write_undeclined(tx: &mut Tx<'_>, project: &Locked<Project>, proposal: &Proposal) -> Result<(), Fault> {
    let wrote = diesel::update(guarded(proposal, ProposalStatus::Rejected))
        .set((
            proposals::status.eq(ProposalStatus::Pending),
            proposals::declined_at.eq(None::<chrono::DateTime<chrono::Utc>>),
            proposals::declined_by.eq(None::<i64>),
            proposals::decline_reason.eq(None::<String>),
            proposals::updated_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("proposals undeclined", 1, wrote)
}

/// The row, guarded by the state and version that were judged.
type Guarded = diesel::dsl::Filter<
    diesel::dsl::Filter<diesel::dsl::Find<proposals::table, i64>, diesel::dsl::Eq<proposals::status, ProposalStatus>>,
    diesel::dsl::Eq<proposals::version, i32>,
>;

fn guarded(proposal: &Proposal, status: ProposalStatus) -> Guarded {
    proposals::table.find(proposal.id.0).filter(proposals::status.eq(status)).filter(proposals::version.eq(proposal.version))
}

fn change_count(tx: &mut Tx<'_>, project: &Locked<Project>, by: i32) -> Result<(), Fault> {
    let wrote = diesel::update(projects::table.find(project.id.0))
        .set(projects::proposal_count.eq(projects::proposal_count + by))
        .execute(&mut **tx)?;
    count("proposal counts", 1, wrote)
}
