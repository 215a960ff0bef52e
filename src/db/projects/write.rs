//! Writing projects: each writer names the decision that it writes, and counts its rows.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bytea, Integer, Text, Timestamptz};

use crate::db::failure::count;
use crate::db::{Fault, Locked, Tx, events};
use crate::domain::ids::{OrganisationId, ProjectId, UserId};
use crate::domain::project::{Award, Opening, Project, ProjectContent, ProjectStatus, Visibility};
use crate::domain::proposal::ProposalStatus;
use crate::schema::{projects, proposals};

/// What a new project's row holds besides its words.
#[derive(Debug, Clone, Copy)]
pub struct DraftRow {
    /// The client.
    pub organisation: OrganisationId,
    /// Who wrote it.
    pub by: UserId,
    /// Its number, where it has been drawn already.
    pub id: Option<ProjectId>,
}

/// A new draft, locked as every row is that its own transaction made.
pub fn draft(tx: &mut Tx<'_>, row: DraftRow, content: &ProjectContent) -> Result<Locked<Project>, Fault> {
    let project: Project = diesel::insert_into(projects::table)
        .values((
            row.id.map(|id| projects::id.eq(id)),
            projects::organisation_id.eq(row.organisation.0),
            projects::created_by.eq(row.by.0),
            words(content),
        ))
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

/// Opens sealed bids: the moment, and the history.
pub fn write_opened(tx: &mut Tx<'_>, project: &mut Locked<Project>, opening: &Opening) -> Result<(), Fault> {
    let sealed = in_state(project, ProjectStatus::Open).filter(projects::sealed).filter(projects::bids_opened_at.is_null());
    let wrote = diesel::update(sealed)
        .set((projects::bids_opened_at.eq(Some(opening.at())), projects::updated_at.eq(opening.at())))
        .execute(&mut **tx)?;
    count("projects opened", 1, wrote)?;
    events::append(tx, project, opening.happening())
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

/// Writes an award whole: the winner, all others, the project, the contract, the history. One statement, so that the lock
/// is held for one trip; the contract is made only where every other row was hit.
pub fn write_award(tx: &mut Tx<'_>, project: &mut Locked<Project>, award: &Award) -> Result<(), Fault> {
    let proposal = award.proposal();
    let decided = i64::try_from(1 + award.others().len()).unwrap_or(i64::MAX);
    let before = project.chain.count;
    let link = events::link(tx, project, award.happening());
    let made = events::telling(&link)
        .text(", decided AS (UPDATE proposals SET status = CASE WHEN id = ")
        .value::<BigInt, _>(proposal.id, " THEN 'ACCEPTED' ELSE 'REJECTED' END, updated_at = ")
        .value::<Timestamptz, _>(award.at(), " WHERE status = 'PENDING' AND project_id = ")
        .value::<BigInt, _>(project.id, " RETURNING id), assigned AS (UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = ")
        .value::<BigInt, _>(proposal.id, ", updated_at = ")
        .value::<Timestamptz, _>(award.at(), ", event_count = ")
        .value::<BigInt, _>(link.seq, ", chain_head = ")
        .value::<Bytea, _>(&link.hash, " WHERE status = 'OPEN' AND id = ")
        .value::<BigInt, _>(project.id, " AND event_count = ")
        .value::<BigInt, _>(
            before,
            " AND held_at IS NULL RETURNING id, organisation_id, kind, currency, scope_version) \
             INSERT INTO contracts (id, project_id, proposal_id, organisation_id, freelancer_id, status, kind, amount, currency, days, \
             start_on, milestones, proposal_version, scope_version, accepted_by, accepted_at) SELECT ",
        )
        .value::<BigInt, _>(award.contract(), ", assigned.id, r.id, organisation_id, r.freelancer_id, ")
        .value::<Text, _>(
            award.contract_status(),
            ", kind, r.amount, currency, r.days, r.start_on, r.milestones, r.version, assigned.scope_version, ",
        )
        .value::<BigInt, _>(award.by(), ", ")
        .value::<Timestamptz, _>(award.at(), " FROM assigned JOIN proposals r ON r.id = ")
        .value::<BigInt, _>(proposal.id, " AND r.version = ")
        .value::<Integer, _>(proposal.version, " WHERE (SELECT count(*) FROM decided) = ")
        .value::<BigInt, _>(decided, "")
        .execute(&mut **tx)?;
    count("awards written whole", 1, made)
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
    diesel::dsl::Eq<projects::sealed, bool>,
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
        projects::sealed.eq(content.sealed),
        projects::questions.eq(&content.questions),
    )
}
