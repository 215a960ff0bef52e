//! A person's threads.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use crate::db::portion::Portion;
use crate::db::prepared::statement;
use crate::domain::ids::{ContractId, MessageId, ProjectId, ProposalId, UserId};
use crate::domain::message::About;

/// One thread with its last message.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Listed {
    #[diesel(sql_type = BigInt)]
    pub project: ProjectId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = BigInt)]
    proposal: ProposalId,
    #[diesel(sql_type = Nullable<BigInt>)]
    contract: Option<ContractId>,
    #[diesel(sql_type = Text)]
    pub client: String,
    #[diesel(sql_type = Text)]
    pub freelancer: String,
    /// Whether the reader is the freelancer.
    #[diesel(sql_type = Bool)]
    pub is_own: bool,
    /// How many messages the reader has not read.
    #[diesel(sql_type = Integer)]
    pub unread: i32,
    /// The last message: by which the list is ordered.
    #[diesel(sql_type = BigInt)]
    pub last: MessageId,
    #[diesel(sql_type = Text)]
    pub words: String,
    #[diesel(sql_type = Text)]
    pub author: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

impl Listed {
    /// What it is about.
    pub fn about(&self) -> About {
        self.contract.map_or(About::Proposal(self.proposal), About::Contract)
    }
}

/// The threads of a person and of the clients that they belong to, those with the newest message first; and whether
/// there are more. Of a sealed project there are none before its bids are opened.
pub fn of_person(conn: &mut PgConnection, reader: UserId, after: Option<MessageId>) -> QueryResult<(Vec<Listed>, bool)> {
    portion(conn, reader, after, Portion::Page)
}

/// A portion of them.
pub fn portion(conn: &mut PgConnection, reader: UserId, after: Option<MessageId>, portion: Portion) -> QueryResult<(Vec<Listed>, bool)> {
    let rows: Vec<Listed> = statement(
        "SELECT p.id AS project, p.title, t.proposal_id AS proposal, t.contract_id AS contract, o.name AS client, f.name AS freelancer, \
            t.freelancer_id = $1 AS is_own, t.message_count - coalesce(r.read_up_to, 0) AS unread, t.last_message_id AS last, \
            w.words, a.name AS author, w.sent_at AS at \
         FROM (SELECT id FROM (SELECT id FROM threads WHERE freelancer_id = $1 AND last_message_id < $2 \
                ORDER BY last_message_id DESC LIMIT $3) AS own \
            UNION SELECT theirs.id FROM memberships m CROSS JOIN LATERAL (SELECT id FROM threads \
                WHERE organisation_id = m.organisation_id AND last_message_id < $2 ORDER BY last_message_id DESC LIMIT $3) AS theirs \
            WHERE m.user_id = $1) AS mine \
         JOIN threads t ON t.id = mine.id JOIN projects p ON p.id = t.project_id JOIN organisations o ON o.id = t.organisation_id \
         JOIN users f ON f.id = t.freelancer_id JOIN messages w ON w.id = t.last_message_id JOIN users a ON a.id = w.author_id \
         LEFT JOIN thread_reads r ON r.thread_id = t.id AND r.user_id = $1 \
         ORDER BY t.last_message_id DESC LIMIT $3",
    )
    .bind::<BigInt, _>(reader)
    .bind::<BigInt, _>(after.unwrap_or(MessageId(i64::MAX)))
    .bind::<BigInt, _>(portion.read())
    .load(conn)?;
    Ok(portion.cut(rows))
}
