//! What a client's members note for each other about a proposal: beside its state, never instead of it.

use super::{Proposal, ProposalStatus};
use crate::domain::membership::Member;
use crate::domain::project::{Project, ProjectStatus};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// Kinds of marks: at most one of each on a proposal.
    MarkKind {
        /// Among those that are looked at again. May be told to the freelancer.
        Shortlisted = "SHORTLISTED",
        /// Out of the way; it can still win.
        Archived = "ARCHIVED",
        /// Words for the members alone.
        Noted = "NOTED",
    }
}

/// Why a mark is not set, taken off or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkRefused {
    /// No such proposal, or none to be known of.
    Missing,
    /// A member, but not one who decides.
    NotAllowed,
    /// The project has been decided or cancelled: nothing is told of a short list any more.
    ProjectIs(ProjectStatus),
    /// Not pending: as above.
    ProposalIs(ProposalStatus),
    /// The note changed after it was read.
    NoteChanged {
        /// The version the form carried; 0 where there was none.
        seen: i32,
    },
}

impl Refusal for MarkRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::ProjectIs(_) | Self::ProposalIs(_) => RefusalKind::TooLate,
            Self::NoteChanged { .. } => RefusalKind::Stale,
        }
    }
}

impl Project {
    /// Judges whether somebody may mark this project's proposals: whoever may decide on them, once they can be read, in
    /// whatever state they are.
    ///
    /// # Errors
    /// Why not.
    pub fn may_mark(&self, by: Option<&Member>) -> Result<(), MarkRefused> {
        let by = by.filter(|by| by.organisation == self.organisation_id && !self.bids_are_sealed()).ok_or(MarkRefused::Missing)?;
        if by.role.manages_projects() { Ok(()) } else { Err(MarkRefused::NotAllowed) }
    }

    /// Judges whether a freelancer may be told that the proposal is on the short list: while something is still to be decided.
    ///
    /// # Errors
    /// Why not.
    pub fn may_share_shortlist(&self, by: Option<&Member>, proposal: &Proposal) -> Result<(), MarkRefused> {
        self.may_mark(by)?;
        match (self.status, proposal.status) {
            (ProjectStatus::Open, ProposalStatus::Pending) => Ok(()),
            (ProjectStatus::Open, other) => Err(MarkRefused::ProposalIs(other)),
            (other, _) => Err(MarkRefused::ProjectIs(other)),
        }
    }
}
