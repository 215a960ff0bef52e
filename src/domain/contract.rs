//! What an award makes. Its life (milestones, time, invoices) is not told yet: only its terms.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::ids::{ContractId, OrganisationId, ProjectId, ProposalId, UserId};
use super::money::Money;
use super::project::ProjectKind;
use super::text_enum::text_enum;

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

/// A contract with its pinned terms.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::contracts, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Contract {
    pub id: ContractId,
    pub project_id: ProjectId,
    pub proposal_id: ProposalId,
    pub organisation_id: OrganisationId,
    pub freelancer_id: UserId,
    pub status: ContractStatus,
    pub kind: ProjectKind,
    pub amount: i64,
    pub currency: String,
    pub days: i32,
    pub start_on: Option<NaiveDate>,
    pub milestones: serde_json::Value,
    pub proposal_version: i32,
    pub scope_version: i32,
    pub accepted_by: UserId,
    pub accepted_at: DateTime<Utc>,
    pub ended_by: Option<EndedBy>,
}

impl Contract {
    /// The agreed price.
    pub fn price(&self) -> Money<'_> {
        Money { minor: self.amount, currency: &self.currency }
    }
}
