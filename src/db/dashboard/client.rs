//! What the projects of a person's organisations ask of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use crate::db::portion::Portion;
use crate::db::prepared::statement;
use crate::db::projects::Listed;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::money::Money;
use crate::domain::project::{ProjectKind, ProjectStatus};
use crate::schema::{memberships, projects};

/// A project of one of the person's organisations.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Ours {
    #[diesel(sql_type = BigInt)]
    pub id: ProjectId,
    #[diesel(sql_type = Text)]
    pub status: ProjectStatus,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub organisation: String,
    #[diesel(sql_type = Text)]
    pub kind: ProjectKind,
    #[diesel(sql_type = BigInt)]
    budget_min: i64,
    #[diesel(sql_type = BigInt)]
    budget_max: i64,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Timestamptz)]
    pub deadline: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Whether the deadline has passed, by the database's clock.
    #[diesel(sql_type = Bool)]
    pub closed: bool,
    #[diesel(sql_type = Integer)]
    pub proposal_count: i32,
    /// Whether nobody can read its bids yet.
    #[diesel(sql_type = Bool)]
    pub is_sealed: bool,
    /// Whether the person decides here.
    #[diesel(sql_type = Bool)]
    pub decides: bool,
    /// How many proposals wait for a decision; none while bids are sealed.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// Since when the oldest of them waits.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub since: Option<DateTime<Utc>>,
    /// How many of them were sent for an earlier version of the project, and not confirmed.
    #[diesel(sql_type = BigInt)]
    pub unconfirmed: i64,
    /// Whether the person has ever looked at its proposals.
    #[diesel(sql_type = Bool)]
    pub has_looked: bool,
    /// How many were sent since the person looked.
    #[diesel(sql_type = BigInt)]
    pub fresh: i64,
    /// How many projects of this state there are, those that are not read among them.
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

impl Ours {
    /// The budget's lower end.
    pub fn from(&self) -> Money<'_> {
        Money { minor: self.budget_min, currency: &self.currency }
    }

    /// The budget's upper end.
    pub fn to(&self) -> Money<'_> {
        Money { minor: self.budget_max, currency: &self.currency }
    }
}

/// Open projects and drafts of the person's organisations, closing soonest first: at most thirty of each.
pub fn ours(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Ours>> {
    let query = "SELECT p.id, p.status, p.title, o.name AS organisation, p.kind, p.budget_min, p.budget_max, p.currency, p.deadline, \
            p.created_at, p.deadline <= now() AS closed, p.proposal_count, p.sealed AND p.bids_opened_at IS NULL AS is_sealed, \
            mine.role IN ('OWNER', 'MANAGER') AS decides, coalesce(b.waiting, 0) AS waiting, b.since, \
            coalesce(b.unconfirmed, 0) AS unconfirmed, l.seen IS NOT NULL AS has_looked, mine.total, \
            CASE WHEN l.seen IS NULL THEN p.proposal_count ELSE (SELECT count(DISTINCT e.proposal_id) FROM events e \
                JOIN proposals f ON f.id = e.proposal_id AND f.status <> 'WITHDRAWN' WHERE e.stream_kind = 'PROJECT' \
                AND e.stream_id = p.id AND e.seq > l.seen AND e.kind = 'PROPOSAL_SUBMITTED') END AS fresh \
         FROM ((SELECT q.id, m.role, count(*) OVER () AS total FROM memberships m JOIN projects q ON q.organisation_id = m.organisation_id \
                WHERE m.user_id = $1 AND q.status = 'OPEN' ORDER BY q.deadline, q.id LIMIT 30) \
            UNION ALL (SELECT q.id, m.role, count(*) OVER () FROM memberships m JOIN projects q ON q.organisation_id = m.organisation_id \
                WHERE m.user_id = $1 AND q.status = 'DRAFT' ORDER BY q.deadline, q.id LIMIT 30)) AS mine \
         JOIN projects p ON p.id = mine.id JOIN organisations o ON o.id = p.organisation_id \
         LEFT JOIN project_looks l ON l.project_id = p.id AND l.user_id = $1 \
         LEFT JOIN LATERAL (SELECT count(*) AS waiting, min(created_at) AS since, \
                count(*) FILTER (WHERE scope_version <> p.scope_version) AS unconfirmed FROM proposals \
            WHERE project_id = p.id AND status = 'PENDING') b ON p.proposal_count > 0 AND NOT (p.sealed AND p.bids_opened_at IS NULL) \
         ORDER BY p.deadline, p.id";
    statement(query).bind::<BigInt, _>(user).load(conn)
}

/// A batch of all projects of the person's organisations for a file, in whichever state, the last one first; and whether
/// there are more.
pub fn all_before(conn: &mut PgConnection, user: UserId, before: Option<ProjectId>) -> QueryResult<(Vec<Listed>, bool)> {
    let mine = memberships::table.filter(memberships::user_id.eq(user.0)).select(memberships::organisation_id);
    let rows = projects::table
        .filter(projects::organisation_id.eq_any(mine))
        .filter(projects::id.lt(before.map_or(i64::MAX, |before| before.0)))
        .order(projects::id.desc())
        .limit(Portion::Batch.read())
        .select(Listed::as_select())
        .load(conn)?;
    Ok(Portion::Batch.cut(rows))
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
    /// Since when the oldest waits.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
}

/// The open projects for which the person speaks that have unanswered questions, closing soonest first.
pub fn unanswered(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Unanswered>> {
    let query = "SELECT p.id AS project, p.title, o.name AS organisation, p.deadline, p.deadline <= now() AS closed, count(*) AS count, \
            min(e.asked_at) AS since \
         FROM memberships m JOIN projects p ON p.organisation_id = m.organisation_id AND p.status = 'OPEN' \
         JOIN organisations o ON o.id = p.organisation_id JOIN enquiries e ON e.project_id = p.id \
         WHERE m.user_id = $1 AND m.role IN ('OWNER', 'MANAGER') \
         AND NOT EXISTS (SELECT FROM enquiry_answers a WHERE a.enquiry_id = e.id) \
         GROUP BY p.id, o.name ORDER BY p.deadline, p.id LIMIT 30";
    statement(query).bind::<BigInt, _>(user).load(conn)
}
