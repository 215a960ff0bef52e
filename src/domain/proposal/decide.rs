//! What may become of a proposal besides the award: submitting, withdrawing, declining. Judged under the project's lock.

use chrono::{DateTime, Utc};

use super::{Proposal, ProposalStatus};
use crate::domain::ids::UserId;
use crate::domain::membership::Member;
use crate::domain::project::{Project, ProjectStatus};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Reason;

/// Who sends a proposal, as read under the project's lock.
#[derive(Debug, Clone, Copy)]
pub struct Submitter {
    /// Who.
    pub user: UserId,
    /// Whether they have a freelancer's profile.
    pub is_freelancer: bool,
    /// Whether they belong to the project's organisation.
    pub is_member: bool,
    /// Whether they are invited to the project.
    pub is_invited: bool,
}

/// Why somebody may not send a proposal, whatever it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferRefused {
    /// No such project, or none to be known of.
    Missing,
    /// Only freelancers send proposals.
    NotAFreelancer,
    /// Nobody bids on a project of an organisation they belong to.
    OwnOrganisation,
    /// The project is not open.
    ProjectIs(ProjectStatus),
    /// The house holds the project.
    Held,
    /// The deadline has passed, by the database's clock.
    Closed {
        /// When proposals closed.
        deadline: DateTime<Utc>,
        /// When this came.
        at: DateTime<Utc>,
    },
}

/// Why a proposal is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmitRefused {
    /// No such project, or none to be known of.
    Missing,
    /// Only freelancers send proposals.
    NotAFreelancer,
    /// Nobody bids on a project of an organisation they belong to.
    OwnOrganisation,
    /// The project is not open.
    ProjectIs(ProjectStatus),
    /// The house holds the project.
    Held,
    /// The deadline has passed, by the database's clock.
    Closed {
        /// When proposals closed.
        deadline: DateTime<Utc>,
        /// When this one came.
        at: DateTime<Utc>,
    },
    /// Their own proposal changed in another window.
    Changed {
        /// The version the form carried.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
    /// The project changed while the proposal was written.
    ScopeChanged {
        /// The scope the form carried.
        seen: i32,
        /// The scope it has now.
        now: i32,
    },
    /// This proposal had won once; its contract ended early.
    Revoked,
    /// A file that the form names is not kept any more, or is on something else.
    FileGone,
}

impl Refusal for OfferRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAFreelancer | Self::OwnOrganisation => RefusalKind::NotAllowed,
            Self::ProjectIs(_) | Self::Held | Self::Closed { .. } => RefusalKind::TooLate,
        }
    }
}

impl From<OfferRefused> for SubmitRefused {
    fn from(why: OfferRefused) -> Self {
        match why {
            OfferRefused::Missing => Self::Missing,
            OfferRefused::NotAFreelancer => Self::NotAFreelancer,
            OfferRefused::OwnOrganisation => Self::OwnOrganisation,
            OfferRefused::ProjectIs(status) => Self::ProjectIs(status),
            OfferRefused::Held => Self::Held,
            OfferRefused::Closed { deadline, at } => Self::Closed { deadline, at },
        }
    }
}

impl Refusal for SubmitRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAFreelancer | Self::OwnOrganisation => RefusalKind::NotAllowed,
            Self::ProjectIs(_) | Self::Held | Self::Closed { .. } | Self::Revoked => RefusalKind::TooLate,
            Self::Changed { .. } | Self::ScopeChanged { .. } => RefusalKind::Stale,
            Self::FileGone => RefusalKind::Invalid,
        }
    }
}

/// Why a proposal is not withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithdrawRefused {
    /// Not theirs, or not there.
    Missing,
    /// The project has been decided or cancelled.
    ProjectIs(ProjectStatus),
    /// Not pending.
    ProposalIs(ProposalStatus),
}

impl Refusal for WithdrawRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::ProjectIs(_) | Self::ProposalIs(_) => RefusalKind::TooLate,
        }
    }
}

/// What is said when a proposal is turned down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decline {
    /// Why, for the members.
    pub reason: Reason,
    /// Whether the freelancer is told of it once the project has been decided.
    pub shared: bool,
}

/// A reason alone is told to nobody outside.
impl From<&Reason> for Decline {
    fn from(reason: &Reason) -> Self {
        Self { reason: reason.clone(), shared: false }
    }
}

/// Why a decline, or its undoing, is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclineRefused {
    /// No such proposal, or none to be known of.
    Missing,
    /// A member, but not one who decides.
    NotAllowed,
    /// The project has been decided or cancelled.
    ProjectIs(ProjectStatus),
    /// Bids are sealed and not opened: nobody turns down what nobody has read.
    Sealed,
    /// Not in a state to be declined (or to be taken back).
    ProposalIs(ProposalStatus),
    /// The freelancer changed it after it was read.
    Changed {
        /// The version the form carried.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
}

impl Refusal for DeclineRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::ProjectIs(_) | Self::Sealed | Self::ProposalIs(_) => RefusalKind::TooLate,
            Self::Changed { .. } => RefusalKind::Stale,
        }
    }
}

impl Project {
    /// Judges a proposal that is sent or revised. `own` is the freelancer's proposal here, if there is one.
    ///
    /// # Errors
    /// Why it is not taken: the first that applies.
    pub fn may_submit(
        &self,
        by: Submitter,
        own: Option<&Proposal>,
        seen_version: Option<i32>,
        seen_scope: Option<i32>,
        at: DateTime<Utc>,
    ) -> Result<(), SubmitRefused> {
        self.may_offer(by, own.is_some(), at)?;
        if let Some(own) = own {
            if own.status == ProposalStatus::Revoked {
                return Err(SubmitRefused::Revoked);
            }
            if let Some(seen) = seen_version.filter(|seen| *seen != own.version) {
                return Err(SubmitRefused::Changed { seen, now: own.version });
            }
        }
        match seen_scope.filter(|seen| *seen != self.scope_version) {
            Some(seen) => Err(SubmitRefused::ScopeChanged { seen, now: self.scope_version }),
            None => Ok(()),
        }
    }

    /// Judges whether somebody may send a proposal at this moment, who has sent one before or not; whatever it says.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_offer(&self, by: Submitter, has_offered: bool, at: DateTime<Utc>) -> Result<(), OfferRefused> {
        if by.is_member {
            return Err(OfferRefused::OwnOrganisation);
        }
        if self.status == ProjectStatus::Draft || !self.is_let_in(by.is_invited || has_offered) {
            return Err(OfferRefused::Missing);
        }
        if !by.is_freelancer {
            return Err(OfferRefused::NotAFreelancer);
        }
        if self.status != ProjectStatus::Open {
            return Err(OfferRefused::ProjectIs(self.status));
        }
        self.is_free(OfferRefused::Held)?;
        if at >= self.deadline { Err(OfferRefused::Closed { deadline: self.deadline, at }) } else { Ok(()) }
    }

    /// Judges a freelancer's withdrawal of their own proposal. One that was declined (and may yet be taken back) can
    /// be withdrawn as well: to its freelancer it looks pending.
    ///
    /// # Errors
    /// Why not.
    pub fn may_withdraw(&self, by: UserId, proposal: &Proposal) -> Result<(), WithdrawRefused> {
        if proposal.freelancer_id != by || proposal.project_id != self.id {
            return Err(WithdrawRefused::Missing);
        }
        if self.status != ProjectStatus::Open {
            return Err(WithdrawRefused::ProjectIs(self.status));
        }
        let pending_to_its_author = proposal.status_for_author(true);
        if pending_to_its_author != ProposalStatus::Pending {
            return Err(WithdrawRefused::ProposalIs(pending_to_its_author));
        }
        Ok(())
    }

    /// Judges a decline of the proposal at the version that was read.
    ///
    /// # Errors
    /// Why not.
    pub fn may_decline(&self, by: Option<&Member>, proposal: &Proposal, seen: Option<i32>) -> Result<(), DeclineRefused> {
        self.may_decide(by, proposal)?;
        if proposal.status != ProposalStatus::Pending {
            return Err(DeclineRefused::ProposalIs(proposal.status));
        }
        match seen.filter(|seen| *seen != proposal.version) {
            Some(seen) => Err(DeclineRefused::Changed { seen, now: proposal.version }),
            None => Ok(()),
        }
    }

    /// Judges the undoing of a decline.
    ///
    /// # Errors
    /// Why not.
    pub fn may_undecline(&self, by: Option<&Member>, proposal: &Proposal) -> Result<(), DeclineRefused> {
        self.may_decide(by, proposal)?;
        if proposal.declined_at.is_none() {
            return Err(DeclineRefused::ProposalIs(proposal.status));
        }
        Ok(())
    }

    fn may_decide(&self, by: Option<&Member>, proposal: &Proposal) -> Result<(), DeclineRefused> {
        let by =
            by.filter(|by| by.organisation == self.organisation_id && proposal.project_id == self.id).ok_or(DeclineRefused::Missing)?;
        if !by.role.manages_projects() {
            return Err(DeclineRefused::NotAllowed);
        }
        if self.status != ProjectStatus::Open {
            return Err(DeclineRefused::ProjectIs(self.status));
        }
        if self.bids_are_sealed() {
            return Err(DeclineRefused::Sealed);
        }
        Ok(())
    }
}
