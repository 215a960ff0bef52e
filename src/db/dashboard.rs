//! What one person has to do with: their organisations' projects, their proposals, their contracts.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not, now, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz};

use super::projects::is_open::IsOpen;
use super::projects::{Listed, of_members};
use crate::domain::contract::ContractStatus;
use crate::domain::ids::{ContractId, ProjectId, ProposalId, UserId};
use crate::domain::money::Money;
use crate::domain::project::{ProjectStatus, Visibility};
use crate::domain::proposal::ProposalStatus;
use crate::schema::{contracts, memberships, organisations, project_invitations, projects, proposals, users};

/// How much of each is shown.
const MOST: i64 = 30;

/// Everything that a dashboard shows.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// Open projects of the person's organisations, closing soonest first.
    pub open: Vec<Listed>,
    /// Drafts of the person's organisations.
    pub drafts: Vec<Listed>,
    /// Questions about open projects that nobody has answered, those of the projects that close soonest first.
    pub unanswered: Vec<Unanswered>,
    /// Proposals the person sent, newest change first.
    pub sent: Vec<Sent>,
    /// How many of the person's proposals were accepted.
    pub accepted: i64,
    /// How many ended by a decision: accepted or not selected.
    pub decided: i64,
    /// Contracts of the person and of their organisations, newest first.
    pub contracts: Vec<Agreed>,
    /// Open projects that the person is invited to and has not answered, closing soonest first.
    pub invited: Vec<Listed>,
    /// Open projects that ask for the person's skills, newest first.
    pub matching: Vec<Listed>,
}

/// A proposal that a freelancer sent.
#[derive(Debug, Clone, Queryable)]
pub struct Sent {
    /// Its id.
    pub id: ProposalId,
    status: ProposalStatus,
    declined_at: Option<DateTime<Utc>>,
    amount: i64,
    scope_version: i32,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// The project.
    pub project: ProjectId,
    /// Its title.
    pub title: String,
    project_status: ProjectStatus,
    project_scope: i32,
    currency: String,
    /// The client.
    pub organisation: String,
    /// Whether the project still takes proposals, by the database's clock.
    pub is_open: bool,
}

impl Sent {
    /// The state as its freelancer is shown it: a decline can be undone while the project is open.
    pub fn status(&self) -> ProposalStatus {
        let undecided = self.project_status == ProjectStatus::Open && self.declined_at.is_some();
        if undecided { ProposalStatus::Pending } else { self.status }
    }

    /// Whether the project changed after this was sent, and it can still be sent again.
    pub fn is_outdated(&self) -> bool {
        self.is_open && self.status() == ProposalStatus::Pending && self.scope_version != self.project_scope
    }

    /// Its price.
    pub fn price(&self) -> Money<'_> {
        Money { minor: self.amount, currency: &self.currency }
    }
}

/// A project with questions that wait for an answer.
#[derive(Debug, Clone, QueryableByName)]
pub struct Unanswered {
    /// The project.
    #[diesel(sql_type = BigInt)]
    pub project: ProjectId,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// The client.
    #[diesel(sql_type = Text)]
    pub organisation: String,
    /// When proposals close.
    #[diesel(sql_type = Timestamptz)]
    pub deadline: DateTime<Utc>,
    /// Whether they have, by the database's clock.
    #[diesel(sql_type = Bool)]
    pub closed: bool,
    /// How many wait.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// A contract in a list.
#[derive(Debug, Clone, Queryable)]
pub struct Agreed {
    /// Its id.
    pub id: ContractId,
    /// Its state.
    pub status: ContractStatus,
    amount: i64,
    currency: String,
    /// When the proposal was accepted.
    pub at: DateTime<Utc>,
    /// The project's title.
    pub title: String,
    /// The client.
    pub organisation: String,
    /// Whose work it is.
    pub freelancer: UserId,
    /// Their name.
    pub freelancer_name: String,
}

impl Agreed {
    /// The agreed price.
    pub fn price(&self) -> Money<'_> {
        Money { minor: self.amount, currency: &self.currency }
    }
}

/// Reads a person's dashboard: only what they can have.
pub fn desk(conn: &mut PgConnection, user: UserId, is_member: bool, is_freelancer: bool) -> QueryResult<Desk> {
    let mut desk = Desk::default();
    if is_member {
        desk.open = of_members(conn, user, ProjectStatus::Open, MOST)?;
        desk.drafts = of_members(conn, user, ProjectStatus::Draft, MOST)?;
    }
    if is_member {
        desk.unanswered = unanswered(conn, user)?;
    }
    if is_freelancer {
        (desk.accepted, desk.decided) = hits(conn, user)?;
        desk.sent = sent(conn, user)?;
        desk.invited = invited(conn, user)?;
        desk.matching = matching(conn, user)?;
    }
    desk.contracts = agreed(conn, user)?;
    Ok(desk)
}

fn sent(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Sent>> {
    proposals::table
        .inner_join(projects::table.on(projects::id.eq(proposals::project_id)))
        .inner_join(organisations::table.on(organisations::id.eq(projects::organisation_id)))
        .filter(proposals::freelancer_id.eq(user.0))
        .order((proposals::updated_at.desc(), proposals::id.desc()))
        .limit(MOST)
        .select((
            proposals::id,
            proposals::status,
            proposals::declined_at,
            proposals::amount,
            proposals::scope_version,
            proposals::updated_at,
            projects::id,
            projects::title,
            projects::status,
            projects::scope_version,
            projects::currency,
            organisations::name,
            projects::status.eq(ProjectStatus::Open).and(projects::deadline.gt(now)),
        ))
        .load(conn)
}

fn agreed(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Agreed>> {
    let mine = memberships::table.filter(memberships::user_id.eq(user.0)).select(memberships::organisation_id);
    contracts::table
        .inner_join(projects::table.on(projects::id.eq(contracts::project_id)))
        .inner_join(organisations::table.on(organisations::id.eq(contracts::organisation_id)))
        .inner_join(users::table.on(users::id.eq(contracts::freelancer_id)))
        .filter(contracts::freelancer_id.eq(user.0).or(contracts::organisation_id.eq_any(mine)))
        .order(contracts::id.desc())
        .limit(MOST)
        .select((
            contracts::id,
            contracts::status,
            contracts::amount,
            contracts::currency,
            contracts::accepted_at,
            projects::title,
            organisations::name,
            contracts::freelancer_id,
            users::name,
        ))
        .load(conn)
}

/// Open projects that the freelancer is invited to and has not answered, closing soonest first.
fn invited(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Listed>> {
    let answered = proposals::table.filter(proposals::project_id.eq(projects::id)).filter(proposals::freelancer_id.eq(user.0));
    projects::table
        .inner_join(organisations::table)
        .inner_join(project_invitations::table.on(project_invitations::project_id.eq(projects::id)))
        .filter(IsOpen)
        .filter(projects::deadline.gt(now))
        .filter(project_invitations::freelancer_id.eq(user.0))
        .filter(not(exists(answered)))
        .order((projects::deadline.asc(), projects::id.asc()))
        .limit(MOST)
        .select(Listed::as_select())
        .load(conn)
}

/// The open projects for which the person speaks that have unanswered questions.
fn unanswered(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Unanswered>> {
    let query = "SELECT p.id AS project, p.title, o.name AS organisation, p.deadline, p.deadline <= now() AS closed, count(*) AS count \
         FROM memberships m JOIN projects p ON p.organisation_id = m.organisation_id AND p.status = 'OPEN' \
         JOIN organisations o ON o.id = p.organisation_id JOIN enquiries e ON e.project_id = p.id \
         WHERE m.user_id = $1 AND m.role IN ('OWNER', 'MANAGER') \
         AND NOT EXISTS (SELECT FROM enquiry_answers a WHERE a.enquiry_id = e.id) \
         GROUP BY p.id, o.name ORDER BY p.deadline, p.id LIMIT 30";
    diesel::sql_query(query).bind::<BigInt, _>(user.0).load(conn)
}

/// How many of a freelancer's proposals were accepted, of how many that were decided. One that was declined while its
/// project is open is not decided: the decline can be undone.
fn hits(conn: &mut PgConnection, user: UserId) -> QueryResult<(i64, i64)> {
    proposals::table
        .inner_join(projects::table.on(projects::id.eq(proposals::project_id)))
        .filter(proposals::freelancer_id.eq(user.0))
        .filter(proposals::status.eq_any([ProposalStatus::Accepted, ProposalStatus::Rejected, ProposalStatus::Revoked]))
        .filter(projects::status.eq_any([ProjectStatus::Assigned, ProjectStatus::Completed]))
        .select((sql::<BigInt>("count(*) FILTER (WHERE proposals.status IN ('ACCEPTED', 'REVOKED'))"), sql::<BigInt>("count(*)")))
        .first(conn)
}

/// Open projects that share a skill with the freelancer's profile, of organisations they do not belong to, and that
/// they have not answered.
fn matching(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Listed>> {
    let answered = proposals::table.filter(proposals::project_id.eq(projects::id)).filter(proposals::freelancer_id.eq(user.0));
    let own = memberships::table.find((projects::organisation_id, user.0));
    let invitation = project_invitations::table.find((projects::id, user.0));
    let skills = sql::<Bool>("projects.skill_keys && (SELECT keys_of(skills) FROM freelancers WHERE user_id = ");
    projects::table
        .inner_join(organisations::table)
        .filter(IsOpen)
        .filter(projects::deadline.gt(now))
        .filter(skills.bind::<BigInt, _>(user.0).sql(")"))
        .filter(projects::visibility.eq(Visibility::Public))
        .filter(not(exists(invitation)))
        .filter(not(exists(answered)))
        .filter(not(exists(own)))
        .order((projects::published_at.desc(), projects::id.desc()))
        .limit(5)
        .select(Listed::as_select())
        .load(conn)
}
