//! What a notice about a contract says.

use super::words::{Said, say};
use crate::db::notices::Row;
use crate::domain::event::EventKind;

/// The words of a notice of what the other side did to a contract.
pub(super) fn said(row: &Row, title: &str) -> Said {
    let client = row.client.as_deref().unwrap_or("The client");
    let who = if row.is_own { client } else { row.author.as_deref().unwrap_or("The freelancer") };
    let kind = EventKind::parse(&row.event);
    if matches!(kind, Some(EventKind::ReviewWritten | EventKind::ReviewsShown)) {
        return reviewed(row, title, who, kind == Some(EventKind::ReviewsShown));
    }
    say(match kind {
        Some(EventKind::ContractPaused) => format!("{who} paused the contract for {title}. No work is logged or submitted meanwhile."),
        Some(EventKind::ContractResumed) => format!("{who} resumed the contract for {title}."),
        Some(EventKind::ContractCompleted) => format!("{who} completed the contract for {title}."),
        Some(EventKind::ContractTerminated) => format!("{who} ended the contract for {title} early."),
        Some(EventKind::TermsProposed) => format!("{who} proposes other terms for {title}. They hold once you confirm them."),
        Some(EventKind::TermsConfirmed) => format!("{who} confirmed the new terms for {title}. They are in force."),
        Some(EventKind::TermsDeclined) => format!("{who} declined the new terms for {title}. The earlier ones stay in force."),
        Some(EventKind::TermsWithdrawn) => format!("{who} took back the new terms for {title}. The earlier ones stay in force."),
        Some(EventKind::MilestoneSubmitted) => format!("{who} submitted a milestone of {title}. It waits for your approval."),
        Some(EventKind::MilestoneWithdrawn) => format!("{who} took back what was submitted for a milestone of {title}."),
        Some(EventKind::MilestoneCancelled) => format!("{who} gave up a milestone of {title}. It will not be delivered or paid."),
        Some(EventKind::ChangesRequested) => format!("{who} asks for changes to a milestone of {title}."),
        Some(EventKind::MilestonesApproved) => format!("{who} approved what you submitted for {title}."),
        _ => format!("Something happened to the contract for {title}."),
    })
    .contract(row)
}

/// What one says of the other after the work.
fn reviewed(row: &Row, title: &str, who: &str, shown: bool) -> Said {
    let said = if shown {
        say(format!("What was written about the work on {title} is shown now, to everybody."))
    } else {
        say(format!("{who} has reviewed the work on {title}. You read it once yours is in too, or fourteen days after the end."))
    };
    row.contract.map_or(said.clone(), |id| said.link(format!("/contracts/{id}/reviews"), if shown { "Read it" } else { "Write yours" }))
}
