//! Threads in which the other side wrote what the person has not read.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};

use crate::db::prepared::statement;
use crate::domain::ids::{ContractId, ProjectId, ProposalId, UserId};
use crate::domain::message::About;

/// A thread with what is new in it.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Unread {
    #[diesel(sql_type = BigInt)]
    pub project: ProjectId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = BigInt)]
    proposal: ProposalId,
    #[diesel(sql_type = Nullable<BigInt>)]
    contract: Option<ContractId>,
    /// The client.
    #[diesel(sql_type = Text)]
    pub organisation: String,
    /// Who is on the other side.
    #[diesel(sql_type = Text)]
    pub with: String,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// When the first of them was sent.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
    /// When the project's proposals close, where it is about one and the project is open.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub deadline: Option<DateTime<Utc>>,
}

impl Unread {
    /// What the thread is about.
    pub fn about(&self) -> About {
        self.contract.map_or(About::Proposal(self.proposal), About::Contract)
    }
}

/// The threads of the person and of the clients for which they speak that wait to be read, among the two hundred of each
/// that were written in last.
pub fn unread(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Unread>> {
    let query = "SELECT p.id AS project, p.title, t.proposal_id AS proposal, t.contract_id AS contract, o.name AS organisation, \
            CASE WHEN t.freelancer_id = $1 THEN o.name ELSE f.name END AS with, new.count, new.since, \
            CASE WHEN t.contract_id IS NULL AND p.status = 'OPEN' THEN p.deadline END AS deadline \
         FROM (SELECT id FROM (SELECT id FROM threads WHERE freelancer_id = $1 ORDER BY last_message_id DESC LIMIT 200) AS own \
            UNION SELECT theirs.id FROM memberships m CROSS JOIN LATERAL (SELECT id FROM threads \
                WHERE organisation_id = m.organisation_id ORDER BY last_message_id DESC LIMIT 200) AS theirs \
            WHERE m.user_id = $1 AND m.role IN ('OWNER', 'MANAGER')) AS mine \
         JOIN threads t ON t.id = mine.id LEFT JOIN thread_reads r ON r.thread_id = t.id AND r.user_id = $1 \
         CROSS JOIN LATERAL (SELECT count(*) AS count, min(w.sent_at) AS since FROM messages w WHERE w.thread_id = t.id \
            AND w.number > coalesce(r.read_up_to, 0) AND (w.author_id = t.freelancer_id) <> (t.freelancer_id = $1)) AS new \
         JOIN projects p ON p.id = t.project_id JOIN organisations o ON o.id = t.organisation_id JOIN users f ON f.id = t.freelancer_id \
         WHERE t.message_count > coalesce(r.read_up_to, 0) AND new.count > 0 ORDER BY new.since LIMIT 30";
    statement(query).bind::<BigInt, _>(user).load(conn)
}
