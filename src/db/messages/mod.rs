//! Messages: a thread as one person may see it, what was written, how far each has read, and what the house was told.

mod list;
mod reports;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Nullable, Text};
use serde_json::Value;

use super::failure::count;
use super::{Fault, Locked, Tx, files};
use crate::db::portion::Portion;
use crate::db::prepared::statement;
use crate::domain::ids::{ContractId, MessageId, OrganisationId, ProjectId, ProposalId, ThreadId, UserId};
use crate::domain::membership::Role;
use crate::domain::message::{About, PAGE, Side};
use crate::domain::project::{Project, ProjectStatus};
use crate::domain::proposal::ProposalStatus;
use crate::domain::words::MessageWords;
use crate::schema::{contracts, messages, proposals, threads};

pub use list::{Listed, of_person, portion};
pub use reports::{Reported, readable, reports, write_reported};

/// What a thread hangs on, and how far it has come, for one person who may know of it.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Ground {
    #[diesel(sql_type = BigInt)]
    pub project: ProjectId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub project_status: ProjectStatus,
    #[diesel(sql_type = BigInt)]
    pub event_count: i64,
    #[diesel(sql_type = BigInt)]
    pub organisation: OrganisationId,
    #[diesel(sql_type = Text)]
    pub client: String,
    #[diesel(sql_type = BigInt)]
    pub proposal: ProposalId,
    #[diesel(sql_type = Text)]
    pub proposal_status: ProposalStatus,
    #[diesel(sql_type = BigInt)]
    pub freelancer: UserId,
    #[diesel(sql_type = Text)]
    pub freelancer_name: String,
    /// What the proposal became.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub contract: Option<ContractId>,
    /// The thread, once somebody wrote.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub thread: Option<ThreadId>,
    /// How many messages there are.
    #[diesel(sql_type = Integer)]
    pub count: i32,
    /// How many this person has read.
    #[diesel(sql_type = Integer)]
    pub read_up_to: i32,
    #[diesel(sql_type = Bool)]
    is_author: bool,
    #[diesel(sql_type = Nullable<Text>)]
    role: Option<Role>,
}

impl Ground {
    /// On which side the person stands.
    pub fn side(&self) -> Option<Side> {
        if self.is_author { Some(Side::Freelancer) } else { self.role.map(Side::Client) }
    }
}

const GROUND: &str = "SELECT p.id AS project, p.title, p.status AS project_status, p.event_count, o.id AS organisation, o.name AS client, \
        b.id AS proposal, b.status AS proposal_status, b.freelancer_id AS freelancer, u.name AS freelancer_name, c.id AS contract, \
        t.id AS thread, coalesce(t.message_count, 0) AS count, coalesce(r.read_up_to, 0) AS read_up_to, \
        b.freelancer_id = $2 AS is_author, m.role \
    FROM proposals b JOIN projects p ON p.id = b.project_id JOIN organisations o ON o.id = p.organisation_id \
    JOIN users u ON u.id = b.freelancer_id LEFT JOIN contracts c ON c.proposal_id = b.id \
    LEFT JOIN memberships m ON m.organisation_id = o.id AND m.user_id = $2 LEFT JOIN threads t ON ";
/// Who may know of it: the freelancer, and the client's members once no bid is sealed.
const FOR_ONE: &str = " LEFT JOIN thread_reads r ON r.thread_id = t.id AND r.user_id = $2 \
    WHERE (b.freelancer_id = $2 OR m.user_id IS NOT NULL AND NOT (p.sealed AND p.bids_opened_at IS NULL)) AND ";

/// Which project it is about: never changes, so that it may be asked before the lock.
pub fn project_of(conn: &mut PgConnection, about: About) -> QueryResult<Option<ProjectId>> {
    match about {
        About::Proposal(id) => proposals::table.find(id.0).select(proposals::project_id).first(conn).optional(),
        About::Contract(id) => contracts::table.find(id.0).select(contracts::project_id).first(conn).optional(),
    }
}

/// What a thread hangs on; nothing for those who may not know of it.
pub fn ground(conn: &mut PgConnection, about: About, reader: UserId) -> QueryResult<Option<Ground>> {
    let (joined, found, id) = match about {
        About::Proposal(id) => ("t.proposal_id = b.id AND t.contract_id IS NULL", "b.id = $1", id.0),
        About::Contract(id) => ("t.contract_id = c.id", "c.id = $1", id.0),
    };
    let query = format!("{GROUND}{joined}{FOR_ONE}{found}");
    statement(query).bind::<BigInt, _>(id).bind::<BigInt, _>(reader).get_result(conn).optional()
}

/// One message as it is read.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Written {
    #[diesel(sql_type = BigInt)]
    pub id: MessageId,
    #[diesel(sql_type = Integer)]
    pub number: i32,
    #[diesel(sql_type = BigInt)]
    pub author: UserId,
    #[diesel(sql_type = Text)]
    pub author_name: String,
    #[diesel(sql_type = Text)]
    pub words: String,
    #[diesel(sql_type = diesel::sql_types::Timestamptz)]
    pub at: DateTime<Utc>,
    /// Whether the reader told the house about it.
    #[diesel(sql_type = Bool)]
    pub is_reported: bool,
    #[diesel(sql_type = Nullable<Jsonb>)]
    files: Option<Value>,
}

impl Written {
    /// The files that came with it.
    pub fn files(&self) -> Vec<files::Listed> {
        self.files.clone().and_then(|files| serde_json::from_value(files).ok()).unwrap_or_default()
    }
}

/// A page of a thread, oldest first, from a message on. Whether the reader may know of it is the caller's to ask.
pub fn page(conn: &mut PgConnection, thread: ThreadId, from: i32, reader: UserId) -> QueryResult<Vec<Written>> {
    written(conn, thread, from, reader, i64::from(PAGE))
}

/// A batch of a thread for a file, from a message on, and whether there are more.
pub fn batch(conn: &mut PgConnection, thread: ThreadId, from: i32, reader: UserId) -> QueryResult<(Vec<Written>, bool)> {
    Ok(Portion::Batch.cut(written(conn, thread, from, reader, Portion::Batch.read())?))
}

fn written(conn: &mut PgConnection, thread: ThreadId, from: i32, reader: UserId, most: i64) -> QueryResult<Vec<Written>> {
    statement(
        "SELECT m.id, m.number, m.author_id AS author, u.name AS author_name, m.words, m.sent_at AS at, \
         EXISTS (SELECT FROM message_reports WHERE message_id = m.id AND reporter_id = $3) AS is_reported, \
         (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'kind', f.kind, 'size', f.size) ORDER BY f.id) \
             FROM files f WHERE f.message_id = m.id) AS files \
         FROM messages m JOIN users u ON u.id = m.author_id WHERE m.thread_id = $1 AND m.number >= $2 ORDER BY m.number LIMIT $4",
    )
    .bind::<BigInt, _>(thread)
    .bind::<Integer, _>(from)
    .bind::<BigInt, _>(reader)
    .bind::<BigInt, _>(most)
    .load(conn)
}

/// Keeps that somebody has read a thread up to a message; never less than before.
pub fn write_read(conn: &mut PgConnection, thread: ThreadId, reader: UserId, up_to: i32) -> QueryResult<()> {
    statement(
        "INSERT INTO thread_reads (thread_id, user_id, read_up_to) VALUES ($1, $2, $3) \
         ON CONFLICT (thread_id, user_id) DO UPDATE SET read_up_to = excluded.read_up_to WHERE thread_reads.read_up_to < excluded.read_up_to",
    )
    .bind::<BigInt, _>(thread)
    .bind::<BigInt, _>(reader)
    .bind::<Integer, _>(up_to)
    .execute(conn)
    .map(drop)
}

/// Begins a thread.
pub fn write_begun(tx: &mut Tx<'_>, project: &Locked<Project>, about: About, ground: &Ground, by: UserId) -> Result<ThreadId, Fault> {
    let contract = if let About::Contract(id) = about { Some(id.0) } else { None };
    Ok(diesel::insert_into(threads::table)
        .values((
            threads::project_id.eq(project.id.0),
            threads::proposal_id.eq(ground.proposal.0),
            threads::contract_id.eq(contract),
            threads::organisation_id.eq(project.organisation_id.0),
            threads::freelancer_id.eq(ground.freelancer.0),
            threads::opened_by.eq(by.0),
            threads::opened_at.eq(project.at),
        ))
        .returning(threads::id)
        .get_result(&mut **tx)?)
}

/// Puts a message in a thread's next place, and counts it.
pub fn write_sent(
    tx: &mut Tx<'_>,
    project: &Locked<Project>,
    (thread, number): (ThreadId, i32),
    by: UserId,
    words: &MessageWords,
) -> Result<MessageId, Fault> {
    let id: MessageId = diesel::insert_into(messages::table)
        .values((
            messages::thread_id.eq(thread.0),
            messages::number.eq(number),
            messages::author_id.eq(by.0),
            messages::words.eq(words.as_str()),
            messages::sent_at.eq(project.at),
        ))
        .returning(messages::id)
        .get_result(&mut **tx)?;
    let counted = diesel::update(threads::table.find(thread.0).filter(threads::message_count.eq(number - 1)))
        .set((threads::message_count.eq(number), threads::last_message_id.eq(id.0)))
        .execute(&mut **tx)?;
    count("messages counted", 1, counted)?;
    write_read(tx, thread, by, number)?;
    Ok(id)
}

/// In which place of its thread a message stands.
pub fn place(conn: &mut PgConnection, id: MessageId) -> QueryResult<i32> {
    messages::table.find(id.0).select(messages::number).first(conn)
}
