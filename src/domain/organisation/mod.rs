//! Organisations: client companies, their members, and the links by which people join.

mod invitation;
mod members;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

pub use invitation::{Invitation, InvitationToken, InviteRefused, JoinRefused, LINK_DAYS, RevokeRefused};
pub use members::{FoundRefused, MemberRefused, RenameRefused};

use super::chain::{Chain, words_hash};
use super::event::Root;
use super::ids::OrganisationId;
use super::membership::Member;

/// An organisation, as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::organisations, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    pub version: i32,
    pub event_count: i64,
    pub chain_head: Vec<u8>,
    pub salt: Vec<u8>,
    pub created_at: DateTime<Utc>,
}

impl Organisation {
    /// Where this organisation's stream of events stands.
    pub fn chain(&self) -> Chain {
        Chain { root: Root::Organisation(self.id), count: self.event_count, head: self.chain_head.clone() }
    }

    /// The salted hash of some words, for its events.
    pub fn words_hash(&self, texts: &[&str]) -> String {
        words_hash(&self.salt, texts)
    }

    /// Somebody only if they belong here.
    fn own<'m>(&self, member: Option<&'m Member>) -> Option<&'m Member> {
        member.filter(|member| member.organisation == self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An organisation to judge by.
    pub(super) fn harbour() -> Organisation {
        Organisation {
            id: OrganisationId(1),
            name: "Harbour Foods".into(),
            version: 1,
            event_count: 0,
            chain_head: Vec::new(),
            salt: Vec::new(),
            created_at: DateTime::UNIX_EPOCH,
        }
    }
}
