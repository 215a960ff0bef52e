//! What people ask of the house: states, clocks, levels, and who may do what.

mod clock;
mod decide;
mod entry;
mod hours;
mod promise;
mod ready;
mod status;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

pub use clock::{Clock, Rules};
pub use decide::{Merge, Step, TicketRefused};
pub use entry::{Entry, Facts, Place};
pub use hours::Hours;
pub use promise::{Policy, Promise, PromiseRefused, PromiseTyped, WEEK};
pub use ready::{ReadyAnswer, ReadyRefused, put_in};
pub use status::{TicketAct, TicketStatus, Topic};

use super::chain::Chain;
use super::event::Root;
use super::ids::{ContractId, TicketId, UserId};

/// The highest level.
pub const HIGHEST: i32 = 3;
/// So many entries a history has; the schema repeats it.
pub const MOST_ENTRIES: i32 = 1000;
/// From so many on only what ends a ticket is taken.
pub const MOST_WRITTEN: i32 = MOST_ENTRIES - 10;

/// A ticket without its history.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::tickets, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Ticket {
    pub id: TicketId,
    pub opener_id: UserId,
    pub contract_id: Option<ContractId>,
    pub topic: Topic,
    pub title: String,
    pub status: TicketStatus,
    pub level: i32,
    pub assignee_id: Option<UserId>,
    pub merged_into: Option<TicketId>,
    pub clock_from: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub clock_is_next: bool,
    pub due_under: i64,
    pub event_count: i64,
    pub chain_head: Vec<u8>,
    pub salt: Vec<u8>,
    pub opened_at: DateTime<Utc>,
}

/// As what somebody comes to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// It is theirs, whatever else they are.
    Opener,
    /// They keep the house.
    Agent,
}

impl Ticket {
    /// Where its stream stands.
    pub fn chain(&self) -> Chain {
        Chain { root: Root::Ticket(self.id), count: self.event_count, head: self.chain_head.clone() }
    }

    /// As what somebody comes to it; for everybody else it is not there.
    pub fn seat(&self, by: UserId, is_admin: bool) -> Option<Seat> {
        if self.opener_id == by {
            return Some(Seat::Opener);
        }
        is_admin.then_some(Seat::Agent)
    }
}
