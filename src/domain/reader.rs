//! Who reads a history, and which of its events concern them.

use super::contract::Contract;
use super::event::{Audience, EventKind};
use super::ids::{ProposalId, UserId};
use super::project::{Project, ProjectStatus};
use super::proposal::{Proposal, ProposalStatus};

/// Who reads a history, and what they are to its thing.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Who.
    pub id: UserId,
    /// Whether they belong to the organisation; admins, who keep the house, read as its members do.
    pub is_member: bool,
    /// Their own proposal on the project, if they sent one, with its state as they may know it.
    pub own: Option<(ProposalId, ProposalStatus)>,
    /// Whether bids are sealed still: until they are opened, members see that there are proposals, no more.
    pub is_sealed: bool,
    /// Why the project was cancelled, where what is kept is what was recorded.
    pub cancel_reason: Option<String>,
}

impl Reader {
    /// Somebody who reads what has no proposals.
    pub fn member(id: UserId) -> Self {
        Self { id, is_member: true, own: None, is_sealed: false, cancel_reason: None }
    }

    /// Somebody whom a project concerns; nobody else may know that it has a history.
    pub fn of_project(id: UserId, is_member: bool, own: Option<&Proposal>, project: &Project) -> Option<Self> {
        let is_open = project.status == ProjectStatus::Open;
        let own = own.map(|own| (own.id, own.status_for_author(is_open)));
        (is_member || own.is_some()).then(|| Self {
            id,
            is_member,
            own,
            is_sealed: project.sealed && project.bids_opened_at.is_none(),
            cancel_reason: project.cancel_reason.clone(),
        })
    }

    /// One of the sides of a contract, or an admin; nobody else may know that it has a history.
    pub fn of_contract(id: UserId, is_member: bool, contract: &Contract) -> Option<Self> {
        let own = (contract.freelancer_id == id).then_some((contract.proposal_id, ProposalStatus::Accepted));
        (is_member || own.is_some()).then_some(Self { id, is_member, own, is_sealed: false, cancel_reason: None })
    }

    /// Whether a proposal is their own.
    pub fn is_own(&self, proposal: i64) -> bool {
        self.own.is_some_and(|(own, _)| own.0 == proposal)
    }

    /// Whether they may read what an event of this kind says, that somebody did, about a proposal of this author's.
    pub fn may_read(&self, kind: &str, actor: Option<i64>, author: Option<i64>) -> bool {
        let is_author = author == Some(self.id.0);
        match EventKind::parse(kind).map(EventKind::audience) {
            Some(Audience::Concerned) => true,
            Some(Audience::MembersAndAuthor) => is_author || self.is_member && !self.is_sealed,
            Some(Audience::Members) => self.is_member,
            Some(Audience::Sides) => self.is_member || self.own.is_some(),
            // the freelancer is the author of the proposal; whoever else acted did so for the client
            Some(Audience::OwnSide) => {
                if actor == author {
                    is_author
                } else {
                    self.is_member && !is_author
                }
            }
            // a ticket has a page of its own, and no history beside it
            Some(Audience::House) => false,
            Some(Audience::Person) => actor.is_none_or(|actor| actor == self.id.0),
            // in the stream of a person, which nobody else is shown
            Some(Audience::Kept) => true,
            None => false,
        }
    }

    /// Whether they may open the page of a proposal.
    pub fn may_open_proposal(&self, id: i64) -> bool {
        self.is_own(id) || self.is_member && !self.is_sealed
    }

    /// Whether they may open the page of the contract that a proposal became.
    pub fn may_open_contract(&self, proposal: i64) -> bool {
        self.is_own(proposal) || self.is_member
    }
}
