//! The clock of a ticket: since when somebody waits, and until when they are to have an answer.

use chrono::{DateTime, Utc};

use super::hours::Hours;
use super::{Ticket, TicketStatus};

/// What the house has promised itself for a ticket: its hours and the policy of the topic, in one edition.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The edition: another one has changed something.
    pub edition: i64,
    /// The hours.
    pub hours: Hours,
    /// Minutes of them until an answer is due.
    pub answer: i32,
    /// Minutes until it is due once more, after an escalation.
    pub next: i32,
}

/// A clock as it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Since when somebody waits.
    pub from: DateTime<Utc>,
    /// Whether it is that of the next level.
    pub is_next: bool,
    /// Until when they are to have an answer; nothing where nobody waits.
    pub due: Option<DateTime<Utc>>,
    /// The edition of the rules.
    pub under: i64,
}

impl Rules {
    /// A clock that begins at a moment, for a ticket in a state.
    pub fn begins(&self, status: TicketStatus, from: DateTime<Utc>) -> Clock {
        self.clock(status, from, false)
    }

    /// The next level's clock.
    pub fn next_begins(&self, status: TicketStatus, from: DateTime<Utc>) -> Clock {
        self.clock(status, from, true)
    }

    /// A ticket's clock as it is by these rules, whatever it was reckoned by.
    pub fn again(&self, ticket: &Ticket) -> Clock {
        self.clock(ticket.status, ticket.clock_from, ticket.clock_is_next)
    }

    fn clock(&self, status: TicketStatus, from: DateTime<Utc>, is_next: bool) -> Clock {
        let minutes = if is_next { self.next } else { self.answer };
        Clock { from, is_next, due: status.is_due().then(|| self.hours.after(from, minutes)), under: self.edition }
    }
}
