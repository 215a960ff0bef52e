//! What a freelancer has offered, and what they could.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not, now};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};

use super::MOST;
use crate::db::portion::Portion;
use crate::db::prepared::{literal, statement};
use crate::db::projects::Listed;
use crate::db::projects::is_open::IsOpen;
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::money::Money;
use crate::domain::project::Visibility;
use crate::domain::proposal::ProposalStatus;
use crate::schema::{memberships, project_invitations, projects, proposals};

/// A proposal that a freelancer sent, as they are shown it: a decline can be undone while the project is open, and neither
/// its state nor its time is told before.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Sent {
    #[diesel(sql_type = BigInt)]
    pub id: ProposalId,
    #[diesel(sql_type = Text)]
    pub status: ProposalStatus,
    #[diesel(sql_type = BigInt)]
    amount: i64,
    #[diesel(sql_type = Text)]
    currency: String,
    /// When it was sent first, where it waits; else when it ended.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub project: ProjectId,
    #[diesel(sql_type = Text)]
    pub title: String,
    /// The client.
    #[diesel(sql_type = Text)]
    pub organisation: String,
    #[diesel(sql_type = Timestamptz)]
    pub deadline: DateTime<Utc>,
    /// Whether the project still takes proposals, by the database's clock.
    #[diesel(sql_type = Bool)]
    pub is_open: bool,
    /// When the project changed, where this answers an earlier version of it.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    outgrown_at: Option<DateTime<Utc>>,
}

impl Sent {
    /// Since when it waits for its freelancer's word: the project changed after it was sent, and it can be sent again.
    pub fn outgrown_at(&self) -> Option<DateTime<Utc>> {
        self.outgrown_at.filter(|_| self.is_open && self.status == ProposalStatus::Pending)
    }

    /// Its price.
    pub fn price(&self) -> Money<'_> {
        Money { minor: self.amount, currency: &self.currency }
    }
}

const SENT: &str = "SELECT id, status, amount, currency, CASE status WHEN 'PENDING' THEN created_at ELSE ended_at END AS since, project, title, \
        organisation, deadline, is_open, outgrown_at \
     FROM (SELECT b.id, CASE WHEN b.declined_at IS NOT NULL AND p.status = 'OPEN' THEN 'PENDING' ELSE b.status END AS status, b.amount, \
            p.currency, b.created_at, CASE WHEN b.declined_at IS NULL THEN b.updated_at ELSE p.updated_at END AS ended_at, p.id AS project, p.title, o.name AS organisation, p.deadline, \
            p.status = 'OPEN' AND p.deadline > now() AS is_open, \
            CASE WHEN b.scope_version <> p.scope_version THEN coalesce(r.at, p.updated_at) END AS outgrown_at \
        FROM proposals b JOIN projects p ON p.id = b.project_id JOIN organisations o ON o.id = p.organisation_id \
        LEFT JOIN project_revisions r ON r.project_id = p.id AND r.scope_version = p.scope_version \
        WHERE b.freelancer_id = $1) AS shown ";

/// The proposals that somebody sent: those that wait, by deadline, then those that ended, the last one first.
pub fn sent(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Sent>> {
    const ORDER: &str = "ORDER BY (status = 'PENDING') DESC, CASE status WHEN 'PENDING' THEN deadline END, ended_at DESC, id DESC LIMIT 30";
    statement(format!("{SENT}{ORDER}")).bind::<BigInt, _>(user).load(conn)
}

/// A batch of all of them for a file, the last one first, and whether there are more.
pub fn sent_before(conn: &mut PgConnection, user: UserId, before: Option<ProposalId>) -> QueryResult<(Vec<Sent>, bool)> {
    let query = statement(format!("{SENT}WHERE id < $2 ORDER BY id DESC LIMIT $3")).bind::<BigInt, _>(user);
    let query = query.bind::<BigInt, _>(before.unwrap_or(ProposalId(i64::MAX))).bind::<BigInt, _>(Portion::Batch.read());
    Ok(Portion::Batch.cut(query.load(conn)?))
}

/// How many of a freelancer's proposals are in a state, as they are shown it.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Tally {
    /// The state.
    #[diesel(sql_type = Text)]
    pub status: ProposalStatus,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// How many of them on projects for which somebody was chosen.
    #[diesel(sql_type = BigInt)]
    pub decided: i64,
}

/// All of a freelancer's proposals, counted by state.
pub fn tally(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Tally>> {
    let query = "SELECT CASE WHEN b.declined_at IS NOT NULL AND p.status = 'OPEN' THEN 'PENDING' ELSE b.status END AS status, \
            count(*) AS count, count(*) FILTER (WHERE p.status IN ('ASSIGNED', 'COMPLETED')) AS decided \
         FROM proposals b JOIN projects p ON p.id = b.project_id WHERE b.freelancer_id = $1 GROUP BY 1";
    statement(query).bind::<BigInt, _>(user).load(conn)
}

/// Open projects that the freelancer is invited to and has not answered, closing soonest first; each with the time of
/// the invitation.
pub fn invited(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<(Listed, DateTime<Utc>)>> {
    let answered = proposals::table.filter(proposals::project_id.eq(projects::id)).filter(proposals::freelancer_id.eq(user.0));
    projects::table
        .inner_join(project_invitations::table.on(project_invitations::project_id.eq(projects::id)))
        .filter(IsOpen)
        .filter(projects::deadline.gt(now))
        .filter(project_invitations::freelancer_id.eq(user.0))
        .filter(not(exists(answered)))
        .order((projects::deadline.asc(), projects::id.asc()))
        .limit(MOST)
        .select((Listed::as_select(), project_invitations::invited_at))
        .load(conn)
}

/// Open projects that share a skill with the freelancer's profile, of organisations they do not belong to, and that
/// they have not answered.
pub fn matching(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Listed>> {
    let answered = proposals::table.filter(proposals::project_id.eq(projects::id)).filter(proposals::freelancer_id.eq(user.0));
    let own = memberships::table.find((projects::organisation_id, user.0));
    let invitation = project_invitations::table.find((projects::id, user.0));
    let skills = literal::<Bool>("projects.skill_keys && (SELECT keys_of(skills) FROM freelancers WHERE user_id = ");
    projects::table
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
