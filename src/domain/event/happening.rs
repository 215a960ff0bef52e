//! What is to be written down of a change.

use super::EventKind;
use crate::domain::ids::{ProposalId, UserId};

/// What is to be written down of a change: everything but its place in the stream.
#[derive(Debug, Clone)]
pub struct Happening {
    /// What happened.
    pub kind: EventKind,
    /// Who did it; nobody: the house itself.
    pub actor: Option<UserId>,
    /// The proposal it is about.
    pub proposal: Option<ProposalId>,
    /// The person it is about, where that is not the actor.
    pub subject: Option<UserId>,
    /// The state before.
    pub from: Option<&'static str>,
    /// The state after.
    pub to: Option<&'static str>,
    /// Ids, versions and salted hashes, by name: an object.
    pub facts: serde_json::Value,
}

impl Happening {
    /// Something that a person did.
    pub fn by(actor: UserId, kind: EventKind) -> Self {
        Self { actor: Some(actor), ..Self::by_house(kind) }
    }

    /// Something that the house did by itself.
    pub fn by_house(kind: EventKind) -> Self {
        Self { kind, actor: None, proposal: None, subject: None, from: None, to: None, facts: serde_json::json!({}) }
    }

    /// Names the move of states.
    #[must_use]
    pub fn moved(mut self, from: Option<&'static str>, to: &'static str) -> Self {
        (self.from, self.to) = (from, Some(to));
        self
    }

    /// Names the proposal.
    #[must_use]
    pub fn proposal(mut self, id: ProposalId) -> Self {
        self.proposal = Some(id);
        self
    }

    /// Names the person it is about.
    #[must_use]
    pub fn subject(mut self, id: UserId) -> Self {
        self.subject = Some(id);
        self
    }

    /// Adds ids, versions and salted hashes (never names, never words, never prices of sealed bids).
    #[must_use]
    pub fn facts(mut self, facts: serde_json::Value) -> Self {
        self.facts = facts;
        self
    }
}
