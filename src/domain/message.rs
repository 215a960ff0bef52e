//! Messages between a client and a freelancer: about a proposal while its project is open, about a contract always.

use super::ids::{ContractId, ProposalId};
use super::membership::Role;
use super::project::{Project, ProjectStatus};
use super::proposal::ProposalStatus;
use super::refusal::{Refusal, RefusalKind};

/// How many messages stand on a page.
pub const PAGE: i32 = 50;
/// How many that were read before stand above the first new one.
const READ_ABOVE: i32 = 3;

/// What a thread is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A proposal.
    Proposal(ProposalId),
    /// A contract.
    Contract(ContractId),
}

impl About {
    /// Where its messages are read and written.
    pub fn address(self) -> String {
        match self {
            Self::Proposal(id) => format!("/proposals/{id}/messages"),
            Self::Contract(id) => format!("/contracts/{id}/messages"),
        }
    }

    /// As it stands in a letter.
    pub fn reference(self) -> String {
        match self {
            Self::Proposal(id) => id.reference(),
            Self::Contract(id) => id.reference(),
        }
    }
}

/// On which side of a thread somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The proposal is theirs.
    Freelancer,
    /// They belong to the client: all members read, owners and managers write.
    Client(Role),
}

/// Why a message is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteRefused {
    /// No such proposal or contract, or none to be known of.
    Missing,
    /// A member, but not one who speaks for the organisation.
    NotAllowed,
    /// The client has not begun: until then a freelancer cannot write about a proposal.
    NotBegun,
    /// The project has been decided or cancelled.
    ProjectIs(ProjectStatus),
    /// The proposal was withdrawn, or taken out.
    ProposalIs(ProposalStatus),
    /// The form's key was used for something else.
    KeyReused,
    /// A file that it names is not kept any more, or is on something else.
    FileGone,
}

impl Refusal for WriteRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed | Self::NotBegun => RefusalKind::NotAllowed,
            Self::ProjectIs(_) | Self::ProposalIs(_) => RefusalKind::TooLate,
            Self::KeyReused | Self::FileGone => RefusalKind::Invalid,
        }
    }
}

/// Why the house is not told about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportRefused {
    /// No such message, or none to be known of.
    Missing,
    /// Their own.
    Own,
}

impl Refusal for ReportRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Own => RefusalKind::NotAllowed,
        }
    }
}

/// Judges a message. About a contract both sides write, after its end too. About a proposal the client begins, and both
/// write while the project is open and the proposal stands; a decline shows its author nothing, so it ends nothing.
///
/// # Errors
/// Why it is not taken: the first that applies.
pub fn may_write(side: Side, about: About, has_begun: bool, project: ProjectStatus, proposal: ProposalStatus) -> Result<(), WriteRefused> {
    if matches!(side, Side::Client(role) if !role.manages_projects()) {
        return Err(WriteRefused::NotAllowed);
    }
    if matches!(about, About::Contract(_)) {
        return Ok(());
    }
    if project != ProjectStatus::Open {
        return Err(WriteRefused::ProjectIs(project));
    }
    if !matches!(proposal, ProposalStatus::Pending | ProposalStatus::Rejected) {
        return Err(WriteRefused::ProposalIs(proposal));
    }
    if side == Side::Freelancer && !has_begun { Err(WriteRefused::NotBegun) } else { Ok(()) }
}

/// Which message a page begins with that was not asked for by number: the last page, or a little above where its
/// reader stopped, if that is further up.
pub fn first_shown(count: i32, read_up_to: i32) -> i32 {
    (count - PAGE + 1).min(read_up_to - READ_ABOVE + 1).max(1)
}

impl Project {
    /// On which side of this project's threads somebody stands; nobody's while bids are sealed but their author's.
    pub fn side(&self, is_author: bool, role: Option<Role>) -> Option<Side> {
        if is_author {
            return Some(Side::Freelancer);
        }
        role.filter(|_| !self.bids_are_sealed()).map(Side::Client)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROPOSAL: About = About::Proposal(ProposalId(1));
    const OWNER: Side = Side::Client(Role::Owner);

    #[test]
    fn the_client_begins_and_both_write_until_the_end() {
        use ProjectStatus::{Assigned, Cancelled, Open};
        use ProposalStatus::{Pending, Rejected, Withdrawn};
        assert_eq!(may_write(OWNER, PROPOSAL, false, Open, Pending), Ok(()));
        assert_eq!(may_write(Side::Client(Role::Viewer), PROPOSAL, true, Open, Pending), Err(WriteRefused::NotAllowed));
        assert_eq!(may_write(Side::Freelancer, PROPOSAL, false, Open, Pending), Err(WriteRefused::NotBegun));
        assert_eq!(may_write(Side::Freelancer, PROPOSAL, true, Open, Rejected), Ok(()));
        assert_eq!(may_write(OWNER, PROPOSAL, true, Open, Withdrawn), Err(WriteRefused::ProposalIs(Withdrawn)));
        for over in [Assigned, Cancelled] {
            assert_eq!(may_write(Side::Freelancer, PROPOSAL, true, over, Rejected), Err(WriteRefused::ProjectIs(over)));
        }
        let contract = About::Contract(ContractId(1));
        assert_eq!(may_write(Side::Freelancer, contract, false, Assigned, ProposalStatus::Accepted), Ok(()));
    }

    #[test]
    fn a_page_begins_where_its_reader_stopped() {
        assert_eq!((first_shown(0, 0), first_shown(3, 0), first_shown(80, 80), first_shown(80, 10)), (1, 1, 31, 8));
    }
}
