//! What somebody tried and why it was refused, in plain words.

use crate::db::history::Attempted;
use crate::domain::ids::ProposalId;
use crate::web::shown::{self, Moment};
use jiff::tz::TimeZone;

/// A refused attempt.
#[derive(Debug, Clone)]
pub struct Refused {
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// What they tried: "accept proposal PRP-0002".
    pub tried: String,
    /// Why not: "the project was assigned by then".
    pub why: String,
}

impl Refused {
    /// In words.
    pub fn of(zone: &TimeZone, attempt: Attempted) -> Self {
        let (tried, why) = (tried(&attempt), why(&attempt.act, &attempt.why));
        // who asks is told to nobody
        let who = if attempt.act == "ask" { "A freelancer".to_owned() } else { attempt.name };
        Self { at: shown::exact(zone, attempt.at), who, tried, why }
    }
}

/// Whether an attempt tells who bids: members do not see that while bids are sealed.
pub fn tells_of_bids(attempt: &Attempted) -> bool {
    matches!(attempt.act.as_str(), "submit_proposal" | "withdraw_proposal" | "confirm_scope") || attempt.proposal.is_some()
}

fn tried(attempt: &Attempted) -> String {
    let proposal = attempt.proposal.map_or_else(|| "a proposal".to_owned(), |id| format!("proposal {}", ProposalId(id).reference()));
    match attempt.act.as_str() {
        "record_work" => "Write time down".to_owned(),
        "edit_work" => "Change time".to_owned(),
        "delete_work" => "Delete time".to_owned(),
        "restore_work" => "Restore time".to_owned(),
        "start_timer" => "Start a timer".to_owned(),
        "stop_timer" => "Stop a timer".to_owned(),
        "edit_project" => "Change the project’s words".to_owned(),
        "put_project" => "Change the project’s words from another system".to_owned(),
        "publish_project" => "Publish the project".to_owned(),
        "open_bids" => "Open the sealed bids".to_owned(),
        "hold_project" => "Hold the project".to_owned(),
        "release_project" => "Release the project".to_owned(),
        "cancel_project" => "Cancel the project".to_owned(),
        "submit_proposal" => "Send a proposal".to_owned(),
        "withdraw_proposal" => format!("Withdraw {proposal}"),
        "confirm_scope" => format!("Confirm {proposal}"),
        "decline_proposal" => format!("Decline {proposal}"),
        "undecline_proposal" => format!("Take back the decline of {proposal}"),
        "accept_proposal" => format!("Accept {proposal}"),
        "ask" => "Ask a question".to_owned(),
        "invite_freelancer" => "Invite a freelancer".to_owned(),
        "uninvite_freelancer" => "Take back an invitation".to_owned(),
        "choose_visibility" => "Choose who can see the project".to_owned(),
        "answer_enquiry" => "Answer a question".to_owned(),
        other => other.replace('_', " "),
    }
}

/// The words for a recorded refusal such as `ProjectIs(Assigned)` or `Changed { seen: 1, now: 2 }`.
pub fn why(act: &str, recorded: &str) -> String {
    if let Some(inside) = recorded.strip_prefix("NotNow(").and_then(|rest| rest.strip_suffix(')')) {
        return why(act, inside);
    }
    let (name, rest) = recorded.split_at(recorded.find([' ', '(']).unwrap_or(recorded.len()));
    let inside = rest.trim_matches(|c: char| c.is_whitespace() || "(){}".contains(c));
    let words = match name {
        "Missing" => "It is not theirs to know of.",
        "NotAllowed" => "Their role does not allow it.",
        "NotAFreelancer" => "They have no freelancer’s profile.",
        "OwnOrganisation" if matches!(act, "submit_proposal" | "ask" | "invite_freelancer") => "They belong to the client themselves.",
        "OwnOrganisation" => "Its freelancer belonged to the client by then.",
        "Suspended" => "The house kept its freelancer out.",
        "ProjectIs" => return format!("The project was {} by then.", state(inside)),
        "Held" | "HeldSince" => "The house held the project by then.",
        "IsFree" => "The project was not held any more.",
        "ProposalIs" => return format!("The proposal was {} by then.", state(inside)),
        "Changed" => return versions(inside, "They had read version"),
        "ScopeChanged" => return versions(inside, "The task had changed: they had read state"),
        "Unconfirmed" => "It was made for an earlier version of the project, and they had not said that they knew.",
        "Closed" => "Proposals had closed.",
        "TooMany" if act == "invite_freelancer" => "As many were invited as may be.",
        "NoFreelancer" => "No freelancer has this number.",
        "StaysPublic" => "Everybody could read it already.",
        "TooMany" => "They had asked as many questions as one may.",
        "Answered" => "Somebody else had answered by then.",
        "DeadlinePassed" => "The day on which proposals close had passed.",
        "PriceBasisFixed" => "Currency and kind of payment are fixed once proposals name prices in them.",
        "TooEarly" => "Proposals had not closed yet.",
        "NotSealed" => "The bids were not sealed.",
        "NoBids" => "There was nothing to open.",
        "SealSettled" => "Whether bids are sealed is settled once the project is published.",
        "DeadlineOnlyLater" => "Once a sealed bid has come, the deadline only moves later.",
        "BidsOpened" => "The sealed bids were open by then.",
        "Sealed" => "The bids were still sealed.",
        "JobIs" => "The job does not run any more, or had ended.",
        "ClaimLost" => "Another has the job by now.",
        "ConcurrentUpdate" => "Somebody else reported in between.",
        "NotEnded" => "The job has not ended yet.",
        "ContractIs" => return format!("The contract was {} by then.", state(inside)),
        "Overlaps" | "Taken" => "Other work of the same freelancer lies there.",
        "WeekIs" => "The week had been sent by then.",
        "OverLimit" => "The contract’s limit for the week left no room.",
        "NotPositive" => "The end did not come after the beginning.",
        "TooLong" => "It was longer than 24 hours.",
        "InFuture" => "It had not happened yet.",
        "BeforeContract" => "It began before the contract.",
        "Deleted" => "It was deleted by then.",
        "NotDeleted" => "It was not deleted.",
        "NotRunning" => "No timer ran on the contract.",
        "Endless" => "Its timer still ran, or never came to an end.",
        "Revoked" => "This proposal had won once and its contract ended early.",
        _ => "It was refused.",
    };
    words.to_owned()
}

fn state(name: &str) -> &str {
    match name {
        "Draft" => "a draft",
        "Open" => "open",
        "Assigned" => "assigned",
        "Completed" => "completed",
        "Cancelled" => "cancelled",
        "Pending" => "pending",
        "Accepted" => "accepted",
        "Rejected" => "not selected",
        "Withdrawn" => "withdrawn",
        "Revoked" => "revoked",
        "Active" => "active",
        "Paused" => "paused",
        "Terminated" => "terminated",
        _ => "in another state",
    }
}

/// `seen: 1, now: 2` as a sentence.
fn versions(inside: &str, begins: &str) -> String {
    let number = |name: &str| inside.split(", ").find_map(|part| part.strip_prefix(name)?.strip_prefix(": ")).unwrap_or("another");
    format!("{begins} {}, by then it was {}.", number("seen"), number("now"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::{AwardRefused, ChangeRefused, ProjectStatus};
    use crate::domain::proposal::{ProposalStatus, SubmitRefused};

    fn of(act: &str, refusal: &impl std::fmt::Debug) -> String {
        why(act, &format!("{refusal:?}"))
    }

    #[test]
    fn refusals_are_read_back_from_their_names() {
        assert_eq!(of("accept_proposal", &AwardRefused::ProjectIs(ProjectStatus::Assigned)), "The project was assigned by then.");
        assert_eq!(of("accept_proposal", &AwardRefused::ProposalIs(ProposalStatus::Rejected)), "The proposal was not selected by then.");
        assert_eq!(of("edit_project", &ChangeRefused::Changed { seen: 1, now: 2 }), "They had read version 1, by then it was 2.");
        let closed = SubmitRefused::Closed { deadline: Default::default(), at: Default::default() };
        assert_eq!(of("submit_proposal", &closed), "Proposals had closed.");
        assert_eq!(why("x", "odd { words"), "It was refused.");
        assert_eq!(why("x", ""), "It was refused.");
    }

    #[test]
    fn every_state_has_words() {
        for status in ProjectStatus::ALL {
            assert_ne!(state(&format!("{status:?}")), "in another state");
        }
        for status in ProposalStatus::ALL {
            assert_ne!(state(&format!("{status:?}")), "in another state");
        }
    }
}
