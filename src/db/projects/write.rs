//! Writing projects: each writer names the decision that it writes, and counts its rows.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bytea, Timestamptz};

use crate::db::failure::count;
use crate::db::prepared::Prepared;
use crate::db::{Fault, Locked, Tx, events};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::project::{Award, Project, ProjectContent, ProjectStatus, Visibility};
use crate::domain::proposal::ProposalStatus;
use crate::schema::{contracts, projects, proposals};

/// What a new project's row holds besides its words.
#[derive(Debug, Clone, Copy)]
pub struct DraftRow {
    /// The client.
    pub organisation: OrganisationId,
    /// Who wrote it.
    pub by: UserId,
}

/// A new draft, locked as every row is that its own transaction made.
pub fn draft(tx: &mut Tx<'_>, row: DraftRow, content: &ProjectContent) -> Result<Locked<Project>, Fault> {
    let project: Project = diesel::insert_into(projects::table)
        .values((projects::organisation_id.eq(row.organisation.0), projects::created_by.eq(row.by.0), words(content)))
        .returning(Project::as_returning())
        .get_result(&mut **tx)?;
    let chain = project.chain();
    Ok(Locked::new(tx, project, chain)?)
}

/// Writes new words: the version rises, and the scope's where a proposal answers what changed.
pub fn write_edited(tx: &mut Tx<'_>, project: &Locked<Project>, content: &ProjectContent, scope_version: i32) -> Result<(), Fault> {
    let wrote = diesel::update(projects::table.find(project.id.0).filter(projects::version.eq(project.version)))
        .set((
            words(content),
            projects::version.eq(project.version + 1),
            projects::scope_version.eq(scope_version),
            projects::updated_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("projects edited", 1, wrote)
}

/// DRAFT → OPEN.
pub fn write_published(tx: &mut Tx<'_>, project: &Locked<Project>) -> Result<(), Fault> {
    let wrote = diesel::update(in_state(project, ProjectStatus::Draft))
        .set((projects::status.eq(ProjectStatus::Open), projects::published_at.eq(project.at), projects::updated_at.eq(project.at)))
        .execute(&mut **tx)?;
    count("projects published", 1, wrote)
}

/// Who can see it.
pub fn write_visibility(tx: &mut Tx<'_>, project: &Locked<Project>, to: Visibility) -> Result<(), Fault> {
    let wrote = diesel::update(projects::table.find(project.id.0).filter(projects::visibility.eq(project.visibility)))
        .set((projects::visibility.eq(to), projects::updated_at.eq(project.at)))
        .execute(&mut **tx)?;
    count("visibilities chosen", 1, wrote)
}

/// DRAFT or OPEN → CANCELLED, and with it every pending proposal → REJECTED.
pub fn write_cancelled(tx: &mut Tx<'_>, project: &Locked<Project>, reason: &str) -> Result<(), Fault> {
    diesel::update(proposals::table)
        .filter(proposals::project_id.eq(project.id.0))
        .filter(proposals::status.eq(ProposalStatus::Pending))
        .set((proposals::status.eq(ProposalStatus::Rejected), proposals::updated_at.eq(project.at)))
        .execute(&mut **tx)?;
    let wrote = diesel::update(in_state(project, project.status))
        .set((projects::status.eq(ProjectStatus::Cancelled), projects::cancel_reason.eq(Some(reason)), projects::updated_at.eq(project.at)))
        .execute(&mut **tx)?;
    count("projects cancelled", 1, wrote)
}

/// Writes an award whole: the winner, all others, the project, the contract, the history.
pub fn write_award(tx: &mut Tx<'_>, project: &mut Locked<Project>, award: &Award) -> Result<(), Fault> {
    let proposal = award.proposal();
    let wrote = Prepared::new("UPDATE proposals SET status = CASE WHEN id = ")
        .value::<BigInt, _>(proposal.id, " THEN 'ACCEPTED' ELSE 'REJECTED' END, updated_at = ")
        .value::<Timestamptz, _>(award.at(), " WHERE status = 'PENDING' AND project_id = ")
        .value::<BigInt, _>(project.id, "")
        .execute(&mut **tx)?;
    count("proposals decided", 1 + award.others().len(), wrote)?;
    let before = project.chain.count;
    let link = events::record(tx, project, award.happening())?;
    let assigned = Prepared::new("UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = ")
        .value::<BigInt, _>(proposal.id, ", updated_at = ")
        .value::<Timestamptz, _>(award.at(), ", event_count = ")
        .value::<BigInt, _>(link.seq, ", chain_head = ")
        .value::<Bytea, _>(&link.hash, " WHERE status = 'OPEN' AND id = ")
        .value::<BigInt, _>(project.id, " AND event_count = ")
        .value::<BigInt, _>(before, "")
        .execute(&mut **tx)?;
    count("projects assigned", 1, assigned)?;
    let made = diesel::insert_into(contracts::table)
        .values((
            contracts::id.eq(award.contract()),
            contracts::project_id.eq(project.id),
            contracts::proposal_id.eq(proposal.id),
            contracts::organisation_id.eq(project.organisation_id),
            contracts::freelancer_id.eq(proposal.freelancer_id),
            contracts::status.eq(award.contract_status()),
            contracts::kind.eq(project.kind),
            contracts::amount.eq(proposal.amount),
            contracts::currency.eq(&project.currency),
            contracts::days.eq(proposal.days),
            contracts::start_on.eq(proposal.start_on),
            contracts::milestones.eq(&proposal.milestones),
            contracts::proposal_version.eq(proposal.version),
            contracts::scope_version.eq(project.scope_version),
            contracts::accepted_by.eq(award.by()),
            contracts::accepted_at.eq(award.at()),
        ))
        .execute(&mut **tx)?;
    count("contracts made", 1, made)
}

/// The row, guarded by the state that the decision was made in.
type InState = diesel::dsl::Filter<diesel::dsl::Find<projects::table, i64>, diesel::dsl::Eq<projects::status, ProjectStatus>>;

fn in_state(project: &Locked<Project>, status: ProjectStatus) -> InState {
    projects::table.find(project.id.0).filter(projects::status.eq(status))
}

type Words<'c> = (
    diesel::dsl::Eq<projects::title, &'c str>,
    diesel::dsl::Eq<projects::description, &'c str>,
    diesel::dsl::Eq<projects::skills, &'c Vec<String>>,
    diesel::dsl::Eq<projects::kind, crate::domain::project::ProjectKind>,
    diesel::dsl::Eq<projects::budget_min, i64>,
    diesel::dsl::Eq<projects::budget_max, i64>,
    diesel::dsl::Eq<projects::currency, &'c str>,
    diesel::dsl::Eq<projects::deadline, DateTime<Utc>>,
    diesel::dsl::Eq<projects::questions, &'c Vec<String>>,
);

fn words(content: &ProjectContent) -> Words<'_> {
    (
        projects::title.eq(content.title.as_str()),
        projects::description.eq(content.description.as_str()),
        projects::skills.eq(&content.skills),
        projects::kind.eq(content.kind),
        projects::budget_min.eq(content.budget_min),
        projects::budget_max.eq(content.budget_max),
        projects::currency.eq(content.currency.code()),
        projects::deadline.eq(content.deadline),
        projects::questions.eq(&content.questions),
    )
}
