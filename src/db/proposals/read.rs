//! Proposals as those who compare them are shown them: with names, and not while they are sealed.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use crate::db::locked::clock_timestamp;
use crate::db::prepared::literal;
use crate::domain::contract::{ContractStatus, EndedBy};
use crate::domain::ids::{ProposalId, UserId};
use crate::domain::project::Project;
use crate::domain::proposal::{Proposal, ProposalStatus};
use crate::domain::record::Contracts;
use crate::schema::{freelancers, projects, proposal_marks, proposals, users};

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

/// A proposal with what it is compared by beyond its own words.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The proposal, with its names.
    pub named: Named,
    /// What became of its freelancer's contracts.
    pub contracts: Contracts,
    /// Whether a member ever set a mark on it.
    pub is_marked: bool,
}

/// How many contracts the proposal's freelancer has, by state; those that ended early by whom, which is read only where
/// there are some. Looked up for each proposal by the index that holds all there is to count, instead of once for all of
/// them by whatever way the statistics of the day suggest.
const CONTRACTS: &str = "(SELECT ARRAY[count(*) FILTER (WHERE c.status = 'ACTIVE'), count(*) FILTER (WHERE c.status = 'PAUSED'), \
        count(*) FILTER (WHERE c.status = 'COMPLETED')] || CASE count(*) FILTER (WHERE c.status = 'TERMINATED') WHEN 0 THEN '{}' \
        ELSE (SELECT ARRAY[count(*) FILTER (WHERE e.ended_by = 'CLIENT'), count(*) FILTER (WHERE e.ended_by = 'FREELANCER'), \
            count(*) FILTER (WHERE e.ended_by = 'BOTH')] \
            FROM contracts e WHERE e.freelancer_id = proposals.freelancer_id AND e.status = 'TERMINATED') END \
    FROM contracts c WHERE c.freelancer_id = proposals.freelancer_id)";
/// The states in the order of [`CONTRACTS`].
const COUNTED: [(ContractStatus, Option<EndedBy>); 6] = [
    (ContractStatus::Active, None),
    (ContractStatus::Paused, None),
    (ContractStatus::Completed, None),
    (ContractStatus::Terminated, Some(EndedBy::Client)),
    (ContractStatus::Terminated, Some(EndedBy::Freelancer)),
    (ContractStatus::Terminated, Some(EndedBy::Both)),
];

/// All proposals of a project that were not withdrawn, oldest first; none while bids are sealed.
pub fn of_project(conn: &mut PgConnection, project: &Project) -> QueryResult<Vec<Compared>> {
    if project.bids_are_sealed() {
        return Ok(Vec::new());
    }
    let (author, decliner) = diesel::alias!(users as author, users as decliner);
    type Row = (Proposal, String, String, Option<String>, Vec<i64>, bool);
    let rows: Vec<Row> = proposals::table
        .inner_join(freelancers::table.on(freelancers::user_id.eq(proposals::freelancer_id)))
        .inner_join(author.on(author.field(users::id).eq(proposals::freelancer_id)))
        .left_join(decliner.on(decliner.field(users::id).nullable().eq(proposals::declined_by)))
        .filter(proposals::project_id.eq(project.id.0))
        .filter(proposals::status.ne(ProposalStatus::Withdrawn))
        .order(proposals::id)
        .select((
            Proposal::as_select(),
            author.field(users::name),
            freelancers::headline,
            decliner.field(users::name).nullable(),
            literal::<Array<BigInt>>(CONTRACTS),
            exists(proposal_marks::table.filter(proposal_marks::proposal_id.eq(proposals::id))),
        ))
        .load(conn)?;
    let compared = |(proposal, freelancer, headline, declined_by, numbers, is_marked): Row| Compared {
        named: Named { proposal, freelancer, headline, declined_by },
        contracts: contracts(&numbers),
        is_marked,
    };
    Ok(rows.into_iter().map(compared).collect())
}

fn contracts(numbers: &[i64]) -> Contracts {
    let mut contracts = Contracts::default();
    for ((status, ended_by), number) in COUNTED.iter().zip(numbers) {
        contracts.count(*status, *ended_by, *number);
    }
    contracts
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
