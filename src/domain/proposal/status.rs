//! The states of a proposal and the one table of its moves (the schema's triggers repeat it).

use crate::domain::text_enum::text_enum;

text_enum! {
    /// The states of a proposal.
    ProposalStatus {
        /// Waits for the client's decision.
        Pending = "PENDING",
        /// The winner.
        Accepted = "ACCEPTED",
        /// Declined, or another one won, or the project was cancelled.
        Rejected = "REJECTED",
        /// Taken back by its freelancer.
        Withdrawn = "WITHDRAWN",
        /// Had won, but its contract ended early.
        Revoked = "REVOKED",
    }
}

impl ProposalStatus {
    /// Whether this state may become that one.
    pub fn may_become(self, next: Self) -> bool {
        use ProposalStatus::*;
        matches!(
            (self, next),
            (Pending, Accepted | Rejected | Withdrawn) | (Withdrawn | Rejected, Pending) | (Rejected, Withdrawn) | (Accepted, Revoked)
        )
    }

    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Accepted => "Accepted",
            Self::Rejected => "Not selected",
            Self::Withdrawn => "Withdrawn",
            Self::Revoked => "Revoked",
        }
    }
}
