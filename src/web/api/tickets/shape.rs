//! Tickets as machines write and read them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::tickets::{Asked, Listed, Shown, Timeline};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ContractId, TicketId, UserId};
use crate::domain::ticket::{TicketStatus, Topic};
use crate::domain::words::{TicketTitle, TicketWords};
use crate::operations::tickets::{Answer, NewTicket};

/// What is asked of the house.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = TicketQuestion, example = json!({ "topic": "MONEY", "title": "A tax number is missing", "words": "Where does it go?" }))]
pub struct Question {
    /// `ACCOUNT`, `PROJECT`, `CONTRACT`, `MONEY`, `CONDUCT` or `OTHER`: the house has promised a time for each.
    #[schema(required)]
    pub topic: String,
    /// In a few words; at most 200 characters.
    #[schema(required)]
    pub title: String,
    /// Markdown; at most 10,000 characters.
    #[schema(required)]
    pub words: String,
    /// The contract that it is about, of which the caller is a side.
    #[schema(value_type = Option<i64>)]
    pub contract: Option<ContractId>,
}

impl Question {
    /// The ticket, judged as the page's form is.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(&self) -> Result<NewTicket, FieldErrors> {
        let mut errors = FieldErrors::new();
        let topic = errors.take("topic", Topic::parse(&self.topic).ok_or("Use one of ACCOUNT, PROJECT, CONTRACT, MONEY, CONDUCT, OTHER"));
        let title = errors.take("title", TicketTitle::parse(&self.title));
        let words = errors.take("words", TicketWords::parse(&self.words));
        let parts = topic.zip(title).zip(words);
        let new = |((topic, title), words)| NewTicket { asked: Asked { topic, title, contract: self.contract }, words };
        errors.or(parts.map(new))
    }
}

/// What is answered.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = TicketReply, example = json!({ "words": "It goes into your details.", "status": "WAITING" }))]
pub struct Reply {
    /// Markdown; at most 10,000 characters.
    #[schema(required)]
    pub words: String,
    /// From admins alone: what the ticket becomes; `WAITING` where nothing is said.
    pub status: Option<String>,
}

impl Reply {
    /// The answer, over the entry that was seen.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(&self, seen: Option<i32>) -> Result<Answer, FieldErrors> {
        let mut errors = FieldErrors::new();
        let words = errors.take("words", TicketWords::parse(&self.words));
        let next = match self.status.as_deref() {
            None => None,
            Some(typed) => errors.take("status", TicketStatus::parse(typed).ok_or("Use one of OPEN, WAITING, RESOLVED, CLOSED")),
        };
        errors.or(words.map(|words| Answer { words, next, seen }))
    }
}

/// A ticket in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketLine)]
pub struct TicketLine {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: TicketId,
    /// As people call it: `TIC-0012`.
    pub reference: String,
    /// In a few words.
    pub title: String,
    /// About what.
    pub topic: String,
    /// `NEW`, `OPEN`, `WAITING`, `RESOLVED` or `CLOSED`.
    pub status: String,
    /// How often it was passed on.
    pub level: i32,
    /// When it was written.
    pub opened_at: DateTime<Utc>,
    /// Until when the house has promised an answer; null while nobody waits for it.
    pub due_at: Option<DateTime<Utc>>,
}

impl From<Listed> for TicketLine {
    fn from(ticket: Listed) -> Self {
        Self {
            id: ticket.id,
            reference: ticket.id.reference(),
            title: ticket.title,
            topic: ticket.topic.to_string(),
            status: ticket.status.to_string(),
            level: ticket.level,
            opened_at: ticket.opened_at,
            due_at: ticket.due_at,
        }
    }
}

/// A ticket with its history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ticket)]
pub struct TicketDocument {
    /// What a list says of it.
    #[serde(flatten)]
    pub line: TicketLine,
    /// The contract that it is about.
    #[schema(value_type = Option<i64>)]
    pub contract: Option<ContractId>,
    /// Who has it.
    pub assignee: Option<String>,
    /// The ticket that goes on in its place.
    #[schema(value_type = Option<i64>)]
    pub merged_into: Option<TicketId>,
    /// What happened, oldest first; what admins note for each other they alone read.
    pub history: Vec<TicketEntry>,
}

/// One entry of a ticket's history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketEntry)]
pub struct TicketEntry {
    /// Its place.
    pub number: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// `OPENED`, `ANSWERED`, `NOTED`, `TAKEN`, `ASSIGNED`, `ESCALATED`, `MERGED`, `JOINED` or `CLOSED`.
    pub what: String,
    /// Who did it; null: the house.
    #[schema(value_type = Option<i64>)]
    pub by: Option<UserId>,
    /// Their name.
    pub by_name: Option<String>,
    /// What was written.
    pub words: Option<String>,
    /// The state that it left, where it moved.
    pub from: Option<String>,
    /// The state that it came to.
    pub to: Option<String>,
}

impl TicketDocument {
    /// A ticket as its reader may have it.
    pub fn of(ticket: Shown, timeline: Vec<Timeline>) -> Self {
        let line = TicketLine {
            id: ticket.id,
            reference: ticket.id.reference(),
            title: ticket.title,
            topic: ticket.topic.to_string(),
            status: ticket.status.to_string(),
            level: ticket.level,
            opened_at: ticket.opened_at,
            due_at: ticket.due_at,
        };
        let history = timeline.into_iter().filter_map(TicketEntry::of).collect();
        Self { line, contract: ticket.contract_id, assignee: ticket.assignee, merged_into: ticket.merged_into, history }
    }

    /// Rises with every entry that the reader may have: what `ETag` says and `If-Match` means.
    pub fn version(&self) -> i32 {
        self.history.last().map_or(0, |last| last.number)
    }
}

impl TicketEntry {
    fn of(row: Timeline) -> Option<Self> {
        let entry = row.entry()?;
        Some(Self {
            number: entry.n,
            at: entry.at,
            what: entry.what.to_string(),
            by: entry.by,
            by_name: row.by,
            words: row.words,
            from: entry.from.map(|state| state.to_string()),
            to: entry.to.map(|state| state.to_string()),
        })
    }
}
