//! Which colour a state's tag has; its words come from the state itself.

use crate::domain::{project::ProjectStatus, proposal::ProposalStatus};

/// The class of a project's tag: see `tag` in `templates/parts/docket.html`. By reference, as templates pass it.
#[must_use]
pub const fn of_project(status: &ProjectStatus) -> &'static str {
    match status {
        ProjectStatus::Draft => "",
        ProjectStatus::Open => "wait",
        ProjectStatus::Assigned => "now",
        ProjectStatus::Completed => "go",
        ProjectStatus::Cancelled => "stop",
    }
}

/// The class of a proposal's tag.
#[must_use]
pub const fn of_proposal(status: &ProposalStatus) -> &'static str {
    match status {
        ProposalStatus::Pending => "wait",
        ProposalStatus::Accepted => "go",
        ProposalStatus::Rejected | ProposalStatus::Withdrawn => "",
        ProposalStatus::Revoked => "stop",
    }
}
