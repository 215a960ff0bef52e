//! The states of a contract, the one table of its moves (the schema's trigger repeats it), and its two sides.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// The states of a contract.
    ContractStatus {
        /// Work goes on.
        Active = "ACTIVE",
        /// Work rests.
        Paused = "PAUSED",
        /// All done.
        Completed = "COMPLETED",
        /// Ended early.
        Terminated = "TERMINATED",
    }
}

impl ContractStatus {
    /// Whether this state may become that one.
    pub fn may_become(self, next: Self) -> bool {
        use ContractStatus::*;
        matches!((self, next), (Active, Paused | Completed) | (Paused, Active) | (Active | Paused, Terminated))
    }

    /// Whether it has not ended.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Active | Self::Paused)
    }

    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Paused => "Paused",
            Self::Completed => "Completed",
            Self::Terminated => "Terminated",
        }
    }
}

text_enum! {
    /// The two sides of a contract.
    Side {
        /// The client's members.
        Client = "CLIENT",
        /// Who does the work.
        Freelancer = "FREELANCER",
    }
}

impl Side {
    /// The one across the table.
    pub fn other(self) -> Self {
        match self {
            Self::Client => Self::Freelancer,
            Self::Freelancer => Self::Client,
        }
    }
}

text_enum! {
    /// Who ended a contract before it was completed.
    EndedBy {
        /// The client.
        Client = "CLIENT",
        /// The freelancer.
        Freelancer = "FREELANCER",
        /// Both, by agreement.
        Both = "BOTH",
    }
}

impl EndedBy {
    /// Who, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Client => "by the client",
            Self::Freelancer => "by the freelancer",
            Self::Both => "by agreement",
        }
    }
}

impl From<Side> for EndedBy {
    fn from(side: Side) -> Self {
        match side {
            Side::Client => Self::Client,
            Side::Freelancer => Self::Freelancer,
        }
    }
}

text_enum! {
    /// Whose fault an early end is, by the word of who ended it.
    Fault {
        /// The client's.
        Client = "CLIENT",
        /// The freelancer's.
        Freelancer = "FREELANCER",
        /// Nobody's.
        Nobody = "NOBODY",
    }
}

impl Fault {
    /// Whose, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Client => "The client’s",
            Self::Freelancer => "The freelancer’s",
            Self::Nobody => "Nobody’s",
        }
    }
}
