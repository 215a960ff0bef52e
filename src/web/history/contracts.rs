//! What an event of a contract says, and what its end did to the project.

use super::words::fact;
use crate::db::events::Recorded;
use crate::domain::contract::Fault;
use crate::domain::event::EventKind;
use crate::domain::ids::{ContractId, MilestoneId};

/// The words of such an event; nothing more than that something happened for any other.
pub(super) fn says(kind: EventKind, who: &str, event: &Recorded) -> String {
    let contract =
        fact(event, "contract").map_or_else(|| "the contract".to_owned(), |id| format!("contract {}", ContractId(id).reference()));
    let (milestone, terms) = (milestone(event), fact(event, "terms").unwrap_or(0));
    let delivery = fact(event, "submission").map_or_else(String::new, |number| format!(" (delivery {number})"));
    match kind {
        EventKind::ProjectCompleted => format!("{who} completed {contract}, and the project with it."),
        EventKind::ProjectReopened => {
            format!(
                "{who} opened the project again: {contract} had ended early. The proposal that won is revoked; the others may be sent again."
            )
        }
        EventKind::ContractPaused => format!("{who} paused the contract."),
        EventKind::ContractResumed => format!("{who} resumed the contract."),
        EventKind::ContractCompleted => format!("{who} completed the contract."),
        EventKind::ContractTerminated => format!("{who} ended the contract early{}{}.", fault(event), cancelled(event)),
        EventKind::TermsProposed => format!("{who} proposed terms {terms}."),
        EventKind::TermsConfirmed => format!("{who} confirmed terms {terms}: they are in force."),
        EventKind::TermsDeclined => format!("{who} declined terms {terms}."),
        EventKind::TermsWithdrawn => format!("{who} took back terms {terms}."),
        EventKind::ReviewWritten => format!("{who} reviewed the work."),
        EventKind::ReviewChanged => format!("{who} changed the review, before it was shown. The other side does not read this."),
        EventKind::ReviewsShown if fact(event, "reviews") == Some(2) => "Both reviews were in: they are shown since.".to_owned(),
        EventKind::ReviewsShown => "The days for reviews were over: the one that was written is shown since.".to_owned(),
        EventKind::MilestoneSubmitted => format!("{who} submitted {milestone}{delivery}."),
        EventKind::MilestoneWithdrawn => format!("{who} took back what was submitted for {milestone}{delivery}."),
        EventKind::ChangesRequested => format!("{who} asked for changes to {milestone}{delivery}."),
        EventKind::MilestonesApproved => format!("{who} approved {}.", approved(event)),
        EventKind::MilestoneCancelled => format!("{who} gave up {milestone}."),
        EventKind::MilestonesReordered => format!("{who} put the milestones in another order."),
        _ => "Something happened that this page has no words for.".to_owned(),
    }
}

fn milestone(event: &Recorded) -> String {
    fact(event, "milestone").map_or_else(|| "a milestone".to_owned(), |id| format!("milestone {}", MilestoneId(id).reference()))
}

fn approved(event: &Recorded) -> String {
    let all = event.facts.get("milestones").and_then(serde_json::Value::as_array);
    let names: Vec<String> =
        all.into_iter().flatten().filter_map(|one| one.get("milestone")?.as_i64()).map(|id| MilestoneId(id).reference()).collect();
    match names.len() {
        1 => format!("milestone {}", names.concat()),
        _ => format!("milestones {}", names.join(", ")),
    }
}

fn fault(event: &Recorded) -> String {
    match event.facts.get("fault").and_then(|fault| Fault::parse(fault.as_str()?)) {
        Some(Fault::Client) => ", by the client’s fault".to_owned(),
        Some(Fault::Freelancer) => ", by the freelancer’s fault".to_owned(),
        Some(Fault::Nobody) => ", by nobody’s fault".to_owned(),
        None => String::new(),
    }
}

fn cancelled(event: &Recorded) -> String {
    match fact(event, "cancelled") {
        None | Some(0) => String::new(),
        Some(1) => "; a milestone that was not delivered was cancelled".to_owned(),
        Some(many) => format!("; {many} milestones that were not delivered were cancelled"),
    }
}
