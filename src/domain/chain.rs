//! The chain of a stream's events: each carries the hash of the one before it.

use chrono::{DateTime, SubsecRound, Utc};
use sha2::{Digest, Sha256};

use super::event::{Happening, Root};

/// Where a stream stands: kept in its root's row, so that a tail that was cut off shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Whose stream.
    pub root: Root,
    /// How many events it has.
    pub count: i64,
    /// The hash of the last; empty before the first.
    pub head: Vec<u8>,
}

/// An event in its place.
#[derive(Debug, Clone)]
pub struct Link {
    /// The stream.
    pub root: Root,
    /// Its place: 1, 2, 3 ….
    pub seq: i64,
    /// When, by the database's clock, to the microsecond.
    pub at: DateTime<Utc>,
    /// What.
    pub what: Happening,
    /// The hash of the one before; empty for the first.
    pub prev_hash: Vec<u8>,
    /// SHA-256 over all of the above.
    pub hash: Vec<u8>,
}

impl Chain {
    /// Puts a happening behind the last one and moves the head on to it.
    pub fn link(&mut self, what: Happening, at: DateTime<Utc>) -> Link {
        let at = at.trunc_subsecs(6);
        let seq = self.count + 1;
        let hash = Hashed {
            root: self.root,
            seq,
            at,
            kind: what.kind.as_str(),
            actor: what.actor.map(|id| id.0),
            proposal: what.proposal.map(|id| id.0),
            subject: what.subject.map(|id| id.0),
            from: what.from,
            to: what.to,
            facts: &what.facts,
            prev_hash: &self.head,
        }
        .hash();
        let prev_hash = std::mem::replace(&mut self.head, hash.clone());
        self.count = seq;
        Link { root: self.root, seq, at, what, prev_hash, hash }
    }
}

/// Everything that an event's hash covers, as it was written or as it was read back.
#[derive(Debug)]
pub struct Hashed<'e> {
    /// The stream.
    pub root: Root,
    /// Its place.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The stored word of its kind.
    pub kind: &'e str,
    /// Who did it.
    pub actor: Option<i64>,
    /// The proposal.
    pub proposal: Option<i64>,
    /// The person it is about.
    pub subject: Option<i64>,
    /// The state before.
    pub from: Option<&'e str>,
    /// The state after.
    pub to: Option<&'e str>,
    /// By name; keys are sorted, so that the text is the same after a journey through JSONB.
    pub facts: &'e serde_json::Value,
    /// The hash of the one before.
    pub prev_hash: &'e [u8],
}

impl Hashed<'_> {
    /// SHA-256 over the fields in order, each with its length before it, so that no two events read alike.
    pub fn hash(&self) -> Vec<u8> {
        let mut sum = Sha256::new();
        let mut field = |bytes: &[u8]| {
            sum.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            sum.update(bytes);
        };
        field(b"guildhall event 1");
        field(self.root.kind().as_bytes());
        field(&self.root.id().to_be_bytes());
        field(&self.seq.to_be_bytes());
        field(&self.at.timestamp_micros().to_be_bytes());
        field(self.kind.as_bytes());
        for id in [self.actor, self.proposal, self.subject] {
            field(id.map(i64::to_be_bytes).as_ref().map_or(&[], |bytes| bytes.as_slice()));
        }
        for state in [self.from, self.to] {
            field(state.unwrap_or_default().as_bytes());
        }
        field(self.facts.to_string().as_bytes());
        field(self.prev_hash);
        sum.finalize().to_vec()
    }
}

/// A salted hash of some texts, in hex: says later whether they were these, without keeping them.
pub fn words_hash(salt: &[u8], texts: &[&str]) -> String {
    let mut sum = Sha256::new();
    sum.update(salt);
    for text in texts {
        sum.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        sum.update(text.as_bytes());
    }
    hex(&sum.finalize())
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::EventKind;
    use crate::domain::ids::{ProjectId, UserId};

    #[test]
    fn every_link_carries_the_one_before() {
        let mut chain = Chain { root: Root::Project(ProjectId(7)), count: 0, head: Vec::new() };
        let at = DateTime::UNIX_EPOCH;
        let first = chain.link(Happening::by(UserId(1), EventKind::ProjectDrafted), at);
        let second = chain.link(Happening::by(UserId(1), EventKind::ProjectPublished), at);
        assert!(first.prev_hash.is_empty());
        assert_eq!(second.prev_hash, first.hash);
        assert_eq!((chain.count, &chain.head), (2, &second.hash));
        assert_ne!(first.hash, second.hash);
    }

    #[test]
    fn absent_and_empty_fields_in_other_places_do_not_hash_alike() {
        let facts = serde_json::json!({});
        let base = |actor, proposal| Hashed {
            root: Root::Project(ProjectId(1)),
            seq: 1,
            at: DateTime::UNIX_EPOCH,
            kind: "X",
            actor,
            proposal,
            subject: None,
            from: None,
            to: None,
            facts: &facts,
            prev_hash: &[],
        };
        assert_ne!(base(Some(1), None).hash(), base(None, Some(1)).hash());
    }
}
