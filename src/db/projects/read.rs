//! Single projects, and what is said about them.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::domain::event::{EventKind, Root};
use crate::domain::ids::{ContractId, OrganisationId, ProjectId, ProposalId, UserId};
use crate::domain::membership::{Member, Role};
use crate::domain::project::Project;
use crate::schema::{contracts, events, memberships, organisations, projects, proposals, users};

/// A project by its id. Whether the reader may know of it is the caller's to ask.
pub fn find(conn: &mut PgConnection, id: ProjectId) -> QueryResult<Option<Project>> {
    projects::table.find(id.0).select(Project::as_select()).first(conn).optional()
}

/// What somebody is in an organisation, if anything.
pub fn membership(conn: &mut PgConnection, organisation: OrganisationId, user: UserId) -> QueryResult<Option<Member>> {
    let role: Option<Role> = memberships::table.find((organisation.0, user.0)).select(memberships::role).first(conn).optional()?;
    Ok(role.map(|role| Member { user, organisation, role }))
}

/// Whether anybody ever sent a sealed bid to a project. One without sealed bids is not asked.
pub fn has_sealed_bids(conn: &mut PgConnection, project: &Project) -> QueryResult<bool> {
    let any = proposals::table.filter(proposals::project_id.eq(project.id.0));
    if project.sealed { diesel::select(exists(any)).get_result(conn) } else { Ok(false) }
}

/// The client's name.
pub fn organisation_name(conn: &mut PgConnection, id: OrganisationId) -> QueryResult<String> {
    organisations::table.find(id.0).select(organisations::name).first(conn)
}

/// When a project's words were last changed, if they ever were.
pub fn edited_at(conn: &mut PgConnection, id: ProjectId) -> QueryResult<Option<DateTime<Utc>>> {
    let root = Root::Project(id);
    events::table
        .filter(events::stream_kind.eq(root.kind()))
        .filter(events::stream_id.eq(root.id()))
        .filter(events::kind.eq(EventKind::ProjectEdited))
        .order(events::seq.desc())
        .select(events::at)
        .first(conn)
        .optional()
}

/// How a project was decided: what whoever came too late is told.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The contract it made.
    pub contract: ContractId,
    /// The winner.
    pub proposal: ProposalId,
    /// Whose proposal that is.
    pub freelancer: UserId,
    /// Their name.
    pub freelancer_name: String,
    /// The agreed price, in minor units of the project's currency.
    pub amount: i64,
    /// Who accepted.
    pub by: UserId,
    /// Their name.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The newest contract of a project, with names.
pub fn decision(conn: &mut PgConnection, id: ProjectId) -> QueryResult<Option<Decision>> {
    let (winner, accepter) = diesel::alias!(users as winner, users as accepter);
    type Row = (i64, i64, i64, String, i64, i64, String, DateTime<Utc>);
    let row: Option<Row> = contracts::table
        .inner_join(proposals::table.on(proposals::id.eq(contracts::proposal_id)))
        .inner_join(winner.on(winner.field(users::id).eq(contracts::freelancer_id)))
        .inner_join(accepter.on(accepter.field(users::id).eq(contracts::accepted_by)))
        .filter(contracts::project_id.eq(id.0))
        .order(contracts::id.desc())
        .select((
            contracts::id,
            proposals::id,
            contracts::freelancer_id,
            winner.field(users::name),
            contracts::amount,
            contracts::accepted_by,
            accepter.field(users::name),
            contracts::accepted_at,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(contract, proposal, freelancer, freelancer_name, amount, by, by_name, at)| Decision {
        contract: ContractId(contract),
        proposal: ProposalId(proposal),
        freelancer: UserId(freelancer),
        freelancer_name,
        amount,
        by: UserId(by),
        by_name,
        at,
    }))
}
