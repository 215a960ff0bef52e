//! Whose stream an event joins.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{ContractId, OrganisationId, ProjectId, TicketId, UserId};

/// The thing whose row is locked and whose stream an event joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Root {
    /// A project, with its proposals and its award.
    Project(ProjectId),
    /// An organisation, with its members.
    Organisation(OrganisationId),
    /// A person's account and profile.
    Person(UserId),
    /// A contract, with its milestones, weeks and invoices.
    Contract(ContractId),
    /// A ticket, with what was written on it.
    Ticket(TicketId),
}

/// A root whose stream went on, and by which event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// The root.
    pub root: Root,
    /// The event's place in its stream.
    pub seq: i64,
}

impl Root {
    /// The root of a stream by its stored kind and id.
    pub fn of(kind: &str, id: i64) -> Option<Self> {
        match kind {
            "PROJECT" => Some(Self::Project(ProjectId(id))),
            "ORGANISATION" => Some(Self::Organisation(OrganisationId(id))),
            "PERSON" => Some(Self::Person(UserId(id))),
            "CONTRACT" => Some(Self::Contract(ContractId(id))),
            "TICKET" => Some(Self::Ticket(TicketId(id))),
            _ => None,
        }
    }

    /// The root as people refer to it.
    pub fn reference(self) -> String {
        match self {
            Self::Project(id) => id.reference(),
            Self::Organisation(id) => id.reference(),
            Self::Person(id) => id.reference(),
            Self::Contract(id) => id.reference(),
            Self::Ticket(id) => id.reference(),
        }
    }

    /// The stream's kind as stored and hashed.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Project(_) => "PROJECT",
            Self::Organisation(_) => "ORGANISATION",
            Self::Person(_) => "PERSON",
            Self::Contract(_) => "CONTRACT",
            Self::Ticket(_) => "TICKET",
        }
    }

    /// The stream's id as stored and hashed.
    pub fn id(self) -> i64 {
        match self {
            Self::Project(id) => id.0,
            Self::Organisation(id) => id.0,
            Self::Person(id) => id.0,
            Self::Contract(id) => id.0,
            Self::Ticket(id) => id.0,
        }
    }
}
