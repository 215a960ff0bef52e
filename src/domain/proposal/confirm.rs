//! The confirmation of a proposal for a project that changed after it was sent. Judged under the project's lock.

use super::{Proposal, ProposalStatus, WithdrawRefused};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::project::{Project, ProjectStatus};
use crate::domain::refusal::{Refusal, RefusalKind};

/// A decision to confirm, made by [`Project::confirm_scope`] alone.
#[derive(Debug)]
pub struct Confirmation {
    by: UserId,
    from: i32,
    to: i32,
}

/// Why a proposal is not confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmRefused {
    /// Not theirs, or not there.
    Missing,
    /// The project has been decided or cancelled.
    ProjectIs(ProjectStatus),
    /// Not pending.
    ProposalIs(ProposalStatus),
    /// Their own proposal changed in another window.
    Changed {
        /// The version the form carried.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
    /// The project changed once more after they read it.
    ScopeChanged {
        /// The scope the form showed; 0 where it showed none.
        seen: i32,
        /// The scope it has now.
        now: i32,
    },
}

impl Refusal for ConfirmRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::ProjectIs(_) | Self::ProposalIs(_) => RefusalKind::TooLate,
            Self::Changed { .. } | Self::ScopeChanged { .. } => RefusalKind::Stale,
        }
    }
}

impl From<WithdrawRefused> for ConfirmRefused {
    fn from(why: WithdrawRefused) -> Self {
        match why {
            WithdrawRefused::Missing => Self::Missing,
            WithdrawRefused::ProjectIs(status) => Self::ProjectIs(status),
            WithdrawRefused::ProposalIs(status) => Self::ProposalIs(status),
        }
    }
}

impl Project {
    /// Judges a freelancer's word that their proposal holds for this version of the project, which they have seen; nothing
    /// to write where it answers that version already. It can be given until the decision, after proposals have closed too.
    ///
    /// # Errors
    /// Why not: the first that applies, in the order of [`ConfirmRefused`].
    pub fn confirm_scope(
        &self,
        by: UserId,
        proposal: &Proposal,
        seen_version: Option<i32>,
        seen_scope: Option<i32>,
    ) -> Result<Option<Confirmation>, ConfirmRefused> {
        // What can be taken back can be confirmed.
        self.may_withdraw(by, proposal)?;
        if let Some(seen) = seen_version.filter(|seen| *seen != proposal.version) {
            return Err(ConfirmRefused::Changed { seen, now: proposal.version });
        }
        let seen = seen_scope.unwrap_or(0);
        if seen != self.scope_version {
            return Err(ConfirmRefused::ScopeChanged { seen, now: self.scope_version });
        }
        let from = proposal.scope_version;
        Ok((from != seen).then_some(Confirmation { by, from, to: seen }))
    }
}

impl Confirmation {
    /// The version that the proposal answered so far.
    pub fn from(&self) -> i32 {
        self.from
    }

    /// The version that it answers from now on.
    pub fn to(&self) -> i32 {
        self.to
    }

    /// What the history says of it.
    pub fn happening(&self, proposal: &Proposal) -> Happening {
        let facts = serde_json::json!({ "version": proposal.version, "scope_version": self.to, "scope_before": self.from });
        Happening::by(self.by, EventKind::ScopeConfirmed).proposal(proposal.id).facts(facts)
    }
}
