//! Projects: what they are, the words people may give them, and the one way to award them.

mod award;
mod content;
mod decide;
mod hold;
mod invite;
mod opening;
mod overdue;
mod reference;
mod reopen;
mod revision;
mod status;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

pub use award::{Award, AwardRefused, Bid, Judged, Seen};
pub use content::{ProjectContent, ProjectTyped};
pub use decide::{ChangeRefused, DraftRefused};
pub use hold::HoldRefused;
pub use invite::{Guest, InviteRefused, MOST_INVITED, Visibility};
pub use opening::{OpenRefused, Opening};
pub use overdue::{ClosesAfter, Closing, NEAR_HOURS, WARNING_DAYS};
pub use reference::{Put, Reference};
pub use reopen::ReopenRefused;
pub use revision::{Part, Revision};
pub use status::{ProjectKind, ProjectStatus};

use super::chain::{Chain, words_hash};
use super::event::Root;
use super::ids::{OrganisationId, ProjectId, ProposalId, UserId};
use super::money::Money;

/// A project, as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::projects, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Project {
    pub id: ProjectId,
    pub organisation_id: OrganisationId,
    pub created_by: UserId,
    pub status: ProjectStatus,
    pub title: String,
    pub description: String,
    pub skills: Vec<String>,
    pub kind: ProjectKind,
    pub budget_min: i64,
    pub budget_max: i64,
    pub currency: String,
    pub deadline: DateTime<Utc>,
    pub visibility: Visibility,
    pub sealed: bool,
    pub bids_opened_at: Option<DateTime<Utc>>,
    pub questions: Vec<String>,
    pub version: i32,
    pub scope_version: i32,
    pub proposal_count: i32,
    pub accepted_proposal_id: Option<ProposalId>,
    pub cancel_reason: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
    pub event_count: i64,
    pub chain_head: Vec<u8>,
    pub salt: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub held_at: Option<DateTime<Utc>>,
    pub held_for: Option<String>,
}

impl Project {
    /// Where this project's stream of events stands.
    pub fn chain(&self) -> Chain {
        Chain { root: Root::Project(self.id), count: self.event_count, head: self.chain_head.clone() }
    }

    /// The budget's lower end.
    pub fn from(&self) -> Money<'_> {
        Money { minor: self.budget_min, currency: &self.currency }
    }

    /// The budget's upper end.
    pub fn to(&self) -> Money<'_> {
        Money { minor: self.budget_max, currency: &self.currency }
    }

    /// An amount in this project's currency.
    pub fn money(&self, minor: i64) -> Money<'_> {
        Money { minor, currency: &self.currency }
    }

    /// Whether it takes proposals at this moment.
    pub fn takes_proposals(&self, at: DateTime<Utc>) -> bool {
        self.status == ProjectStatus::Open && at < self.deadline && !self.is_held()
    }

    /// Whether bids are kept from everybody but their authors: no price, word or answer is read out.
    pub fn bids_are_sealed(&self) -> bool {
        self.sealed && self.bids_opened_at.is_none()
    }

    /// The salted hash of the words that it has now, for its events.
    pub fn own_words_hash(&self) -> String {
        let mut texts = vec![self.title.as_str(), self.description.as_str()];
        texts.extend(self.questions.iter().map(String::as_str));
        words_hash(&self.salt, &texts)
    }

    /// The salted hash of new words for this project, for its events.
    pub fn words_hash(&self, content: &ProjectContent) -> String {
        let mut texts = vec![content.title.as_str(), content.description.as_str()];
        texts.extend(content.questions.iter().map(String::as_str));
        words_hash(&self.salt, &texts)
    }
}
