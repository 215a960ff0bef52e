//! The award: the only way in which a project is assigned. Whoever holds an `Award` holds a decision that was made
//! under the project's lock; nothing else can be written.

use chrono::{DateTime, Utc};

use super::{Project, ProjectStatus};
use crate::domain::contract::ContractStatus;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, ProposalId, UserId};
use crate::domain::membership::Member;
use crate::domain::notice::{MEMBERS, Notice, NoticeKind};
use crate::domain::proposal::{Proposal, ProposalStatus};
use crate::domain::refusal::{Refusal, RefusalKind};

/// What the person saw when they decided: the versions that the form carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The proposal's version.
    pub version: i32,
    /// The project's scope, where the form told it.
    pub scope_version: Option<i32>,
    /// The earlier scope that they accept the proposal for, said by a second confirmation.
    pub unconfirmed: Option<i32>,
}

/// A proposal and what else counts, read under the project's lock.
#[derive(Debug, Clone)]
pub struct Bid {
    /// The proposal that was chosen.
    pub proposal: Proposal,
    /// Whether its author belongs to the project's organisation by now.
    pub author_is_member: bool,
    /// Whether the house keeps its author out.
    pub author_is_out: bool,
    /// The other proposals that are pending.
    pub others: Vec<ProposalId>,
    /// The contract, if this very proposal was accepted before.
    pub contract: Option<ContractId>,
    /// The number that a new contract gets.
    pub next_contract: ContractId,
}

/// A decision to write down: made by [`Project::award`] alone.
#[derive(Debug)]
pub struct Award {
    by: UserId,
    at: DateTime<Utc>,
    proposal: Proposal,
    others: Vec<ProposalId>,
    contract: ContractId,
}

/// What comes of judging an accept.
#[derive(Debug)]
pub enum Judged {
    /// It is to be written.
    New(Box<Award>),
    /// This proposal is the accepted one already: the same contract, nothing to write.
    Already(ContractId),
}

/// Why a proposal is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwardRefused {
    /// No such proposal, or none that this person may know of.
    Missing,
    /// A member, but not one who decides.
    NotAllowed,
    /// The project is not open (any more).
    ProjectIs(ProjectStatus),
    /// The house holds the project.
    Held,
    /// Bids are sealed and not opened: nothing is said of any of them.
    Sealed,
    /// The proposal is not pending (any more).
    ProposalIs(ProposalStatus),
    /// The freelancer changed the proposal after the person read it.
    Changed {
        /// The version the person saw.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
    /// The project itself changed after the person read it.
    ScopeChanged {
        /// The scope the person saw.
        seen: i32,
        /// The scope it has now.
        now: i32,
    },
    /// The proposal was made for an earlier version of the project and not confirmed since; it is accepted only by saying so.
    Unconfirmed {
        /// The scope that it answers.
        answers: i32,
        /// The scope that the project has now.
        now: i32,
    },
    /// The freelancer belongs to the client by now.
    OwnOrganisation,
    /// The house keeps the freelancer out: nothing new is agreed with them.
    Suspended,
}

impl Refusal for AwardRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::ProjectIs(_) | Self::ProposalIs(_) | Self::OwnOrganisation | Self::Held | Self::Sealed | Self::Suspended => {
                RefusalKind::TooLate
            }
            Self::Changed { .. } | Self::ScopeChanged { .. } => RefusalKind::Stale,
            Self::Unconfirmed { .. } => RefusalKind::Invalid,
        }
    }
}

impl Project {
    /// Judges the acceptance of a proposal of this project, under its lock.
    ///
    /// # Errors
    /// Why not: the first that applies, in the order of [`AwardRefused`].
    pub fn award(&self, by: Option<&Member>, bid: Bid, seen: Seen, at: DateTime<Utc>) -> Result<Judged, AwardRefused> {
        let proposal = bid.proposal;
        let by = by.filter(|by| by.organisation == self.organisation_id && proposal.project_id == self.id).ok_or(AwardRefused::Missing)?;
        if !by.role.manages_projects() {
            return Err(AwardRefused::NotAllowed);
        }
        if self.accepted_proposal_id == Some(proposal.id)
            && let Some(contract) = bid.contract
        {
            return Ok(Judged::Already(contract));
        }
        if self.status != ProjectStatus::Open {
            return Err(AwardRefused::ProjectIs(self.status));
        }
        self.is_free(AwardRefused::Held)?;
        if self.bids_are_sealed() {
            return Err(AwardRefused::Sealed);
        }
        if proposal.status != ProposalStatus::Pending {
            return Err(AwardRefused::ProposalIs(proposal.status));
        }
        if proposal.version != seen.version {
            return Err(AwardRefused::Changed { seen: seen.version, now: proposal.version });
        }
        if let Some(scope) = seen.scope_version
            && scope != self.scope_version
        {
            return Err(AwardRefused::ScopeChanged { seen: scope, now: self.scope_version });
        }
        if proposal.scope_version != self.scope_version && seen.unconfirmed != Some(proposal.scope_version) {
            return Err(AwardRefused::Unconfirmed { answers: proposal.scope_version, now: self.scope_version });
        }
        if bid.author_is_member {
            return Err(AwardRefused::OwnOrganisation);
        }
        if bid.author_is_out {
            return Err(AwardRefused::Suspended);
        }
        Ok(Judged::New(Box::new(Award { by: by.user, at, proposal, others: bid.others, contract: bid.next_contract })))
    }
}

impl Award {
    /// Who decided.
    pub fn by(&self) -> UserId {
        self.by
    }

    /// When, by the database's clock under the lock.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// The winner.
    pub fn proposal(&self) -> &Proposal {
        &self.proposal
    }

    /// Those who are not selected.
    pub fn others(&self) -> &[ProposalId] {
        &self.others
    }

    /// The contract's number.
    pub fn contract(&self) -> ContractId {
        self.contract
    }

    /// The state of the contract it makes.
    pub fn contract_status(&self) -> ContractStatus {
        ContractStatus::Active
    }

    /// Who is told of it: everybody who offered, and the client's members.
    pub fn notices(&self, project: &Project) -> [Notice; 3] {
        let winner = Notice::person(NoticeKind::Awarded, self.proposal.freelancer_id).about(self.proposal.id);
        let members = Notice::members(NoticeKind::Decided, project.organisation_id, MEMBERS).about(self.proposal.id);
        [winner, Notice::bidders(NoticeKind::NotSelected, project.id), members]
    }

    /// What the history says of it.
    pub fn happening(&self) -> Happening {
        Happening::by(self.by, EventKind::ProposalAccepted)
            .moved(Some(ProjectStatus::Open.as_str()), ProjectStatus::Assigned.as_str())
            .proposal(self.proposal.id)
            .subject(self.proposal.freelancer_id)
            .facts(serde_json::json!({
                "contract": self.contract,
                "rejected": self.others,
                "version": self.proposal.version,
            }))
    }
}
