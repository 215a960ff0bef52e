//! Which colour a state's tag has; its words come from the state itself.

use crate::domain::{
    contract::ContractStatus, invoice::InvoiceStatus, milestone::MilestoneStatus, project::ProjectStatus, proposal::ProposalStatus,
    ticket::TicketStatus,
};

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

/// The class of a contract's tag.
#[must_use]
pub const fn of_contract(status: &ContractStatus) -> &'static str {
    match status {
        ContractStatus::Active => "now",
        ContractStatus::Paused => "wait",
        ContractStatus::Completed => "go",
        ContractStatus::Terminated => "stop",
    }
}

/// The class of a milestone's tag.
#[must_use]
pub const fn of_milestone(status: &MilestoneStatus) -> &'static str {
    match status {
        MilestoneStatus::Planned => "",
        MilestoneStatus::Submitted => "wait",
        MilestoneStatus::ChangesRequested => "now",
        MilestoneStatus::Approved | MilestoneStatus::Paid => "go",
        MilestoneStatus::Cancelled => "stop",
    }
}

/// The class of an invoice's tag.
#[must_use]
pub const fn of_invoice(status: &InvoiceStatus) -> &'static str {
    match status {
        InvoiceStatus::Draft => "",
        InvoiceStatus::Issued => "wait",
        InvoiceStatus::Paid => "go",
        InvoiceStatus::Void => "stop",
    }
}

/// The class of a ticket's tag.
#[must_use]
pub const fn of_ticket(status: &TicketStatus) -> &'static str {
    match status {
        TicketStatus::New | TicketStatus::Open => "wait",
        TicketStatus::Waiting => "now",
        TicketStatus::Resolved => "go",
        TicketStatus::Closed => "",
    }
}

/// The states that a project's rail shows, in order.
pub const RAIL: [&str; 4] = ["Draft", "Open", "Assigned", "Completed"];

/// Where on the rail a project stands; one that was cancelled has left it.
#[must_use]
pub const fn place(status: &ProjectStatus) -> Option<usize> {
    match status {
        ProjectStatus::Draft => Some(0),
        ProjectStatus::Open => Some(1),
        ProjectStatus::Assigned => Some(2),
        ProjectStatus::Completed => Some(4),
        ProjectStatus::Cancelled => None,
    }
}
