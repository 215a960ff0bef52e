//! What people told the house about messages.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};

use super::{Ground, ground};
use crate::db::portion::Portion;
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::ids::{ContractId, MessageId, ProposalId, ReportId, UserId};
use crate::domain::message::About;
use crate::domain::user::User;
use crate::domain::words::Reason;
use crate::schema::{message_reports, messages, threads};

/// A message that somebody may read: who wrote it, in which place, what it is about.
pub fn readable(conn: &mut PgConnection, id: MessageId, reader: UserId) -> QueryResult<Option<(UserId, i32, About, Ground)>> {
    type Row = (UserId, i32, ProposalId, Option<ContractId>);
    let row: Option<Row> = messages::table
        .inner_join(threads::table)
        .filter(messages::id.eq(id.0))
        .select((messages::author_id, messages::number, threads::proposal_id, threads::contract_id))
        .first(conn)
        .optional()?;
    let Some((author, number, proposal, contract)) = row else { return Ok(None) };
    let about = contract.map_or(About::Proposal(proposal), About::Contract);
    Ok(ground(conn, about, reader)?.map(|ground| (author, number, about, ground)))
}

/// Keeps what somebody told of a message, unless they told of it before. Answers whether it is new.
pub fn write_reported(tx: &mut Tx<'_>, by: &Locked<User>, id: MessageId, reason: &Reason) -> Result<bool, Fault> {
    let new = diesel::insert_into(message_reports::table)
        .values((
            message_reports::message_id.eq(id.0),
            message_reports::reporter_id.eq(by.id.0),
            message_reports::reason.eq(reason.as_str()),
            message_reports::reported_at.eq(by.at),
        ))
        .on_conflict((message_reports::message_id, message_reports::reporter_id))
        .do_nothing()
        .execute(&mut **tx)?;
    Ok(new == 1)
}

/// A report as an admin reads it.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Reported {
    #[diesel(sql_type = BigInt)]
    pub id: ReportId,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub reporter: String,
    #[diesel(sql_type = BigInt)]
    pub message: MessageId,
    #[diesel(sql_type = Text)]
    pub words: String,
    #[diesel(sql_type = Text)]
    pub author: String,
    #[diesel(sql_type = Timestamptz)]
    pub sent_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    proposal: ProposalId,
    #[diesel(sql_type = Nullable<BigInt>)]
    contract: Option<ContractId>,
    #[diesel(sql_type = Text)]
    pub title: String,
}

impl Reported {
    /// What the message is about.
    pub fn about(&self) -> About {
        self.contract.map_or(About::Proposal(self.proposal), About::Contract)
    }
}

/// A portion of all reports, newest first; and whether there are more. For admins: who asks is the caller's to know.
pub fn reports(conn: &mut PgConnection, after: Option<ReportId>, portion: Portion) -> QueryResult<(Vec<Reported>, bool)> {
    let rows: Vec<Reported> = statement(
        "SELECT r.id, r.reason, r.reported_at AS at, reporters.name AS reporter, m.id AS message, m.words, authors.name AS author, m.sent_at, \
            t.proposal_id AS proposal, t.contract_id AS contract, p.title \
         FROM message_reports r JOIN messages m ON m.id = r.message_id JOIN threads t ON t.id = m.thread_id \
         JOIN projects p ON p.id = t.project_id JOIN users reporters ON reporters.id = r.reporter_id \
         JOIN users authors ON authors.id = m.author_id WHERE r.id < $1 ORDER BY r.id DESC LIMIT $2",
    )
    .bind::<BigInt, _>(after.unwrap_or(ReportId(i64::MAX)))
    .bind::<BigInt, _>(portion.read())
    .load(conn)?;
    Ok(portion.cut(rows))
}
