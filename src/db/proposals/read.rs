//! Proposals as those who compare them are shown them: with names, and not while they are sealed.

use chrono::{DateTime, Utc};
use diesel::dsl::not;
use diesel::prelude::*;

use crate::db::locked::clock_timestamp;
use crate::domain::ids::{ProposalId, UserId};
use crate::domain::project::Project;
use crate::domain::proposal::{Proposal, ProposalStatus};
use crate::schema::{freelancers, projects, proposals, users};

/// A proposal with the names that belong to it.
#[derive(Debug, Clone, Queryable)]
pub struct Named {
    /// The proposal.
    pub proposal: Proposal,
    /// Whose.
    pub freelancer: String,
    /// Their line about themselves.
    pub headline: String,
    /// Who declined it, if somebody did.
    pub declined_by: Option<String>,
}

/// All proposals of a project that were not withdrawn, oldest first; none while bids are sealed.
pub fn of_project(conn: &mut PgConnection, project: &Project) -> QueryResult<Vec<Named>> {
    if project.bids_are_sealed() {
        return Ok(Vec::new());
    }
    let (author, decliner) = diesel::alias!(users as author, users as decliner);
    proposals::table
        .inner_join(freelancers::table.on(freelancers::user_id.eq(proposals::freelancer_id)))
        .inner_join(author.on(author.field(users::id).eq(proposals::freelancer_id)))
        .left_join(decliner.on(decliner.field(users::id).nullable().eq(proposals::declined_by)))
        .filter(proposals::project_id.eq(project.id.0))
        .filter(proposals::status.ne(ProposalStatus::Withdrawn))
        .order(proposals::id)
        .select((Proposal::as_select(), author.field(users::name), freelancers::headline, decliner.field(users::name).nullable()))
        .load(conn)
}

/// One proposal with its project and the time: what a page that decides about it is made of. Nothing where bids are sealed
/// and the reader is not the proposal's author; whether the reader may know of it otherwise is the caller's to ask.
pub fn with_project(conn: &mut PgConnection, id: ProposalId, reader: UserId) -> QueryResult<Option<(Project, Named, DateTime<Utc>)>> {
    let (author, decliner) = diesel::alias!(users as author, users as decliner);
    type Row = (Project, Proposal, String, String, Option<String>, DateTime<Utc>);
    let row: Option<Row> = proposals::table
        .inner_join(projects::table.on(projects::id.eq(proposals::project_id)))
        .inner_join(freelancers::table.on(freelancers::user_id.eq(proposals::freelancer_id)))
        .inner_join(author.on(author.field(users::id).eq(proposals::freelancer_id)))
        .left_join(decliner.on(decliner.field(users::id).nullable().eq(proposals::declined_by)))
        .filter(proposals::id.eq(id.0))
        .filter(not(projects::sealed).or(projects::bids_opened_at.is_not_null()).or(proposals::freelancer_id.eq(reader.0)))
        .select((
            Project::as_select(),
            Proposal::as_select(),
            author.field(users::name),
            freelancers::headline,
            decliner.field(users::name).nullable(),
            clock_timestamp(),
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(project, proposal, freelancer, headline, declined_by, at)| {
        (project, Named { proposal, freelancer, headline, declined_by }, at)
    }))
}
