//! What stands in a ticket's two columns of JSON: its history, and what is counted along.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{TicketAct, TicketStatus};
use crate::domain::ids::{TicketId, UserId};

/// The place of an entry in a history, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(pub i32);

/// One entry of a history: ids, states and times, never words, so that a person can be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place, from 1.
    pub n: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; nobody: the house itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
    /// What.
    pub what: TicketAct,
    /// The state before, where it moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<TicketStatus>,
    /// The state after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<TicketStatus>,
    /// To whom it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whom: Option<UserId>,
    /// The level after an escalation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<i32>,
    /// The other ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
}

impl Entry {
    /// An entry that tells of one thing.
    pub fn new(n: i32, at: DateTime<Utc>, by: Option<UserId>, what: TicketAct) -> Self {
        Self { n, at, by, what, from: None, to: None, whom: None, level: None, ticket: None }
    }

    /// As it is stored.
    pub fn stored(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// What is counted along, so that nobody counts a history to its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// How often whoever asked wrote since the house last answered.
    pub unanswered: i32,
    /// Whether that is often enough to be pointed out.
    pub pressing: bool,
    /// How often the house answered.
    pub answers: i32,
}

/// So often somebody writes without an answer before it is pointed out.
const PATIENCE: i32 = 2;

impl Facts {
    /// From what is stored; what is not there is nothing yet.
    pub fn of(stored: &Value) -> Self {
        serde_json::from_value(stored.clone()).unwrap_or_default()
    }

    /// Once whoever asked has written again.
    #[must_use]
    pub fn asked_again(mut self) -> Self {
        self.unanswered = self.unanswered.saturating_add(1);
        self.pressing = self.unanswered > PATIENCE;
        self
    }

    /// What an answer of the house sets, whatever it was.
    pub fn answered() -> Value {
        json!({ "unanswered": 0, "pressing": false })
    }

    /// As it is stored.
    pub fn stored(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_holds_no_more_than_it_tells() {
        let entry = Entry::new(1, DateTime::default(), Some(UserId(7)), TicketAct::Opened);
        assert_eq!(entry.stored(), json!({ "n": 1, "at": "1970-01-01T00:00:00Z", "by": 7, "what": "OPENED" }));
        assert_eq!(serde_json::from_value::<Entry>(entry.stored()).expect("an entry"), entry);
    }

    #[test]
    fn whoever_writes_three_times_without_an_answer_is_pointed_out() {
        let mut facts = Facts::of(&json!({ "from_tomorrow": true }));
        for (times, pressing) in [(1, false), (2, false), (3, true)] {
            facts = facts.asked_again();
            assert_eq!((facts.unanswered, facts.pressing), (times, pressing));
        }
    }
}
