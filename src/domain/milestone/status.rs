//! The states of a milestone and the one table of its moves (the schema's trigger repeats it).

use crate::domain::text_enum::text_enum;

text_enum! {
    /// The states of a milestone.
    MilestoneStatus {
        /// Agreed on; nothing was delivered, or it was taken back.
        Planned = "PLANNED",
        /// Delivered: waits for the client.
        Submitted = "SUBMITTED",
        /// The client wants something changed.
        ChangesRequested = "CHANGES_REQUESTED",
        /// Accepted; to be paid.
        Approved = "APPROVED",
        /// Paid.
        Paid = "PAID",
        /// Not to be delivered any more.
        Cancelled = "CANCELLED",
    }
}

impl MilestoneStatus {
    /// Whether this state may become that one.
    pub fn may_become(self, next: Self) -> bool {
        use MilestoneStatus::*;
        matches!(
            (self, next),
            (Planned | ChangesRequested, Submitted)
                | (Submitted, Planned | ChangesRequested | Approved)
                | (Planned | Submitted | ChangesRequested, Cancelled)
                | (Approved, Paid)
                | (Paid, Approved)
        )
    }

    /// Whether the client has not had what it waits for.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Submitted | Self::ChangesRequested)
    }

    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Submitted => "Submitted",
            Self::ChangesRequested => "Changes requested",
            Self::Approved => "Approved",
            Self::Paid => "Paid",
            Self::Cancelled => "Cancelled",
        }
    }
}

text_enum! {
    /// What was answered to a delivery.
    SubmissionAnswer {
        /// Its freelancer took it back, or sent another one.
        Withdrawn = "WITHDRAWN",
        /// Something is to be changed.
        ChangesRequested = "CHANGES_REQUESTED",
        /// Accepted.
        Approved = "APPROVED",
        /// The milestone was cancelled.
        Cancelled = "CANCELLED",
    }
}

impl SubmissionAnswer {
    /// The answer in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Withdrawn => "Taken back",
            Self::ChangesRequested => "Changes requested",
            Self::Approved => "Approved",
            Self::Cancelled => "Cancelled",
        }
    }
}
