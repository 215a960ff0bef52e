//! What an award makes: a contract between a client and a freelancer. Its row is the lock for what hangs on it.

mod agree;
mod decide;
mod party;
mod status;
mod terms;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

pub use agree::TermsRefused;
pub use decide::{ContractRefused, Ending, OpenThings};
pub use party::Party;
pub use status::{ContractStatus, EndedBy, Fault, Side};
pub use terms::{MOST_PARTS, PartTyped, Plan, PlannedPart, Terms, TermsAnswer, TermsContent, TermsTyped};

use super::chain::{Chain, words_hash};
use super::event::Root;
use super::ids::{ContractId, OrganisationId, ProjectId, ProposalId, UserId};
use super::money::Money;
use super::project::ProjectKind;

/// A contract, as its row holds it: the terms that are in force, and where it stands.
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
    pub event_count: i64,
    pub chain_head: Vec<u8>,
    pub salt: Vec<u8>,
    pub updated_at: DateTime<Utc>,
    pub paused_by: Option<Side>,
    pub approved_total: i64,
    pub paid_total: i64,
    pub terms_number: i32,
    pub weekly_limit: Option<i32>,
    pub ends_on: Option<NaiveDate>,
    pub terms_words: String,
}

impl Contract {
    /// Where this contract's stream of events stands.
    pub fn chain(&self) -> Chain {
        Chain { root: Root::Contract(self.id), count: self.event_count, head: self.chain_head.clone() }
    }

    /// The salted hash of some words, for its events.
    pub fn words_hash(&self, texts: &[&str]) -> String {
        words_hash(&self.salt, texts)
    }

    /// An amount in this contract's currency.
    pub fn money(&self, minor: i64) -> Money<'_> {
        Money { minor, currency: &self.currency }
    }

    /// The agreed price.
    pub fn price(&self) -> Money<'_> {
        Money { minor: self.amount, currency: &self.currency }
    }
}
