//! The states of a project and the one table of its moves (the schema's triggers repeat it).

use crate::domain::text_enum::text_enum;

text_enum! {
    /// The states of a project.
    ProjectStatus {
        /// Being written; members alone see it.
        Draft = "DRAFT",
        /// Takes proposals until its deadline, and one award.
        Open = "OPEN",
        /// Awarded: exactly one proposal is accepted.
        Assigned = "ASSIGNED",
        /// Its contract is done.
        Completed = "COMPLETED",
        /// Called off.
        Cancelled = "CANCELLED",
    }
}

text_enum! {
    /// How a project is paid.
    ProjectKind {
        /// One price for all of it.
        Fixed = "FIXED",
        /// By the hour.
        Hourly = "HOURLY",
    }
}

impl ProjectStatus {
    /// Whether this state may become that one.
    pub fn may_become(self, next: Self) -> bool {
        use ProjectStatus::*;
        matches!((self, next), (Draft, Open) | (Open, Assigned) | (Assigned, Completed) | (Draft | Open, Cancelled) | (Assigned, Open))
    }

    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Open => "Open",
            Self::Assigned => "Assigned",
            Self::Completed => "Completed",
            Self::Cancelled => "Cancelled",
        }
    }
}

impl ProjectKind {
    /// The kind in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fixed => "Fixed price",
            Self::Hourly => "By the hour",
        }
    }
}
