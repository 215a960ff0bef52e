//! What an event says, in plain words, from what was recorded.

use super::{Told, contracts};
use crate::db::events::Recorded;
use crate::db::history::History;
use crate::domain::contract::ContractStatus;
use crate::domain::event::EventKind;
use crate::domain::ids::{ContractId, ProposalId};
use crate::domain::invoice::InvoiceStatus;
use crate::domain::membership::Role;
use crate::domain::milestone::MilestoneStatus;
use crate::domain::project::{ProjectStatus, Visibility};
use crate::domain::proposal::ProposalStatus;
use crate::domain::reader::Reader;
use crate::domain::work::SheetState;

/// An event's words for somebody who may read them.
pub fn told(event: &Recorded, history: &History, reader: &Reader) -> Told {
    let kind = EventKind::parse(&event.kind);
    let mut told = Told { moved: moved(event), key: kind == Some(EventKind::ProposalAccepted), ..Told::default() };
    if let Some(id) = event.proposal_id.filter(|id| reader.may_open_proposal(*id)) {
        told.links.push((format!("/proposals/{id}"), format!("Proposal {}", ProposalId(id).reference())));
    }
    if let (Some(id), Some(proposal)) = (fact(event, "contract"), event.proposal_id)
        && reader.may_open_contract(proposal)
    {
        told.links.push((format!("/contracts/{id}"), format!("Contract {}", ContractId(id).reference())));
    }
    told.says =
        kind.map_or_else(|| "Something happened that this page has no words for.".to_owned(), |kind| says(kind, event, history, reader));
    told
}

fn says(kind: EventKind, event: &Recorded, history: &History, reader: &Reader) -> String {
    use EventKind::*;
    let who = event.actor_name.as_deref().unwrap_or("The house");
    let whom = event.subject_id.and_then(|id| history.names.get(&id)).map_or("somebody", String::as_str);
    let proposal = proposal(event, history);
    let version = fact(event, "version").map_or_else(String::new, |version| format!(" (version {version})"));
    let role =
        |state: Option<&String>| state.and_then(|state| Role::parse(state)).map_or_else(String::new, |role| role.label().to_lowercase());
    match kind {
        ProjectDrafted => format!("{who} wrote the project down."),
        ProjectPublished => format!("{who} published the project{version}: it took proposals from now on."),
        ProjectEdited => edited(who, &version, event),
        ProjectCancelled => cancelled(who, event, reader),
        DeadlineNear => format!("{who} told those concerned that proposals close soon."),
        ClosingAhead => format!("{who} told the client’s members that the project will be closed: nobody has decided."),
        BidsOpened => format!("{who} opened the sealed bids: members of the client read them from now on."),
        ProposalSubmitted if event.from_state.is_some() => format!("{who} sent {} again{version}.", own(event)),
        ProposalSubmitted => format!("{who} sent {}{version}.", own(event)),
        ProposalRevised => format!("{who} changed {}{version}.", own(event)),
        ScopeConfirmed => format!(
            "{who} confirmed {} for version {} of what the project asks for.",
            own(event),
            fact(event, "scope_version").unwrap_or(0)
        ),
        ProposalWithdrawn => format!("{who} withdrew {}.", own(event)),
        ProposalDeclined => format!("{who} declined {proposal}{version}. It can be undone until the award."),
        ProposalUndeclined => format!("{who} took back the decline of {proposal}."),
        ProposalShortlisted => format!("{who} put {proposal} on the short list, and its author is told."),
        ProposalAccepted => accepted(who, &proposal, event, reader),
        // who of the house is told to admins
        ProjectHeld => "The house put the project on hold.".to_owned(),
        ProjectReleased => "The house released the project: it goes on.".to_owned(),
        VisibilityChosen if event.to_state.as_deref() == Some("PUBLIC") => format!("{who} opened the project to everybody."),
        VisibilityChosen => format!("{who} kept the project to those who are invited."),
        FreelancerInvited => format!("{who} invited {whom}."),
        FreelancerUninvited => format!("{who} took back the invitation of {whom}."),
        ProjectCompleted | ProjectReopened | ContractPaused | ContractResumed | ContractCompleted | ContractTerminated | TermsProposed
        | TermsConfirmed | TermsDeclined | TermsWithdrawn | ReviewWritten | ReviewChanged | ReviewsShown | MilestoneSubmitted
        | MilestoneWithdrawn | ChangesRequested | MilestonesApproved | MilestoneCancelled | MilestonesReordered => {
            contracts::says(kind, who, event)
        }
        // who asked is told to nobody
        EnquiryMade => "A freelancer asked a question.".to_owned(),
        EnquiryAnswered if fact(event, "number") == Some(1) => format!("{who} answered a question."),
        EnquiryAnswered => format!("{who} corrected the answer to a question."),
        SearchesChanged => "You kept a search, gave one another name, or let one go.".to_owned(),
        MessageSent => format!(
            "{who} wrote a message about {}.",
            if event.facts.get("contract").is_some() { "the contract".to_owned() } else { proposal }
        ),
        OrganisationFounded => format!("{who} founded the organisation and became its owner."),
        OrganisationRenamed => format!("{who} gave the organisation another name."),
        MemberInvited => format!("{who} made a link by which somebody can join as {}.", role(event.to_state.as_ref())),
        InvitationRevoked => format!("{who} took back a link by which somebody could have joined."),
        MemberJoined => format!("{who} joined by a link as {}.", role(event.to_state.as_ref())),
        RoleChanged => format!("{who} made {whom} {} instead of {}.", role(event.to_state.as_ref()), role(event.from_state.as_ref())),
        MemberRemoved if event.subject_id == event.actor_id => format!("{who} left the organisation."),
        MemberRemoved => format!("{who} removed {whom} from the organisation."),
        WebhookMade => format!("{who} made a webhook."),
        WebhookRemoved => format!("{who} removed a webhook."),
        SignedUp => "You made your account.".to_owned(),
        AccountChanged => "You changed your name, time zone or colours.".to_owned(),
        PasswordChanged => "You changed your password. All sign-ins ended.".to_owned(),
        PasswordReset => "You chose a new password by a link. All sign-ins ended.".to_owned(),
        EmailConfirmed => "You confirmed your e-mail address.".to_owned(),
        EmailChanged if event.facts.get("reverted").is_some() => {
            "The e-mail address of before was put back, by a link that was sent there. All sign-ins ended.".to_owned()
        }
        EmailChanged => "Another e-mail address took the place of yours.".to_owned(),
        AccountClosed => "You closed your account.".to_owned(),
        SignedOutEverywhere => "You ended all sign-ins.".to_owned(),
        SecondFactorOn => "You set up a second factor: signing in takes a code since.".to_owned(),
        SecondFactorOff => "You switched the second factor off.".to_owned(),
        SecondFactorReset => "The house took your second factor off. All sign-ins ended.".to_owned(),
        RecoveryCodesMade => "You made new recovery codes. Those before open nothing any more.".to_owned(),
        RecoveryCodeUsed => match fact(event, "left").unwrap_or(0) {
            0 => "The last recovery code was used.".to_owned(),
            1 => "A recovery code was used. One is left.".to_owned(),
            left => format!("A recovery code was used. {left} are left."),
        },
        MadeAdmin => "The house made you an admin.".to_owned(),
        ProfileChanged if fact(event, "version") == Some(1) => "You began a freelancer’s profile.".to_owned(),
        ProfileChanged => format!("You changed your profile{version}."),
        TokenMade => "You made a token.".to_owned(),
        TokenRevoked => "You revoked a token.".to_owned(),
        FileMade => "A file that you had asked for was made.".to_owned(),
        ProjectsImported => "Every row of a file of projects that you had brought was dealt with.".to_owned(),
        MessageReported => "You told the house about a message.".to_owned(),
        AbuseReported => "You told the house about a project, a profile or a review.".to_owned(),
        ReportSettled => "You settled a report of abuse.".to_owned(),
        WorkStarted => format!("{who} started a timer."),
        WorkStopped if event.actor_id.is_none() => format!("{who} stopped a timer that had run for twelve hours: {}.", worked(event)),
        WorkStopped => format!("{who} stopped the timer: {}.", worked(event)),
        WorkRecorded => format!("{who} wrote down {}.", worked(event)),
        WorkChanged => format!("{who} changed a session to {}.", worked(event)),
        WorkDeleted => format!("{who} deleted {}.", worked(event)),
        WorkRestored => format!("{who} brought back {}.", worked(event)),
        WorkBrought => format!("{who} wrote down {} sessions at once: {}.", fact(event, "sessions").unwrap_or(0), worked(event)),
        WeekSubmitted => format!("{who} sent {}: {}.", week(event), worked(event)),
        WeekQueried => format!("{who} gave {} back with a question.", week(event)),
        WeekApproved => format!("{who} approved {}: {}.", week(event), worked(event)),
        TicketOpened => format!("{who} asked something of the house."),
        TicketAnswered => format!("{who} answered on the ticket."),
        TicketNoted => format!("{who} noted something for other admins."),
        TicketAssigned => format!("{who} gave the ticket to {whom}."),
        TicketEscalated => format!("{who} passed the ticket on to the next level."),
        TicketMerged => format!("{who} had the ticket go on in another one."),
        TicketClosed => format!("{who} closed the ticket."),
        InvoiceDrafted => format!("{who} began an invoice."),
        InvoiceEdited => format!("{who} changed the draft of an invoice{version}."),
        InvoiceDiscarded => format!("{who} threw the draft of an invoice away."),
        InvoiceIssued => format!("{who} issued invoice {}.", numbered(event, "year", "seq")),
        InvoicePaid => format!("{who} marked invoice {} paid.", numbered(event, "year", "seq")),
        InvoiceVoided => format!(
            "{who} took invoice {} back by credit note CN-{}.",
            numbered(event, "year", "seq"),
            numbered(event, "credit_year", "credit_seq")
        ),
        PersonSuspended => "The house suspended your account. All sign-ins and tokens ended.".to_owned(),
        SuspensionLifted => "The house let you in again.".to_owned(),
        SignInsEnded => "The house ended all your sign-ins.".to_owned(),
        SuspensionAppealed => "You asked the house to think again about the suspension.".to_owned(),
        HoursChanged => "You changed when the house is there, or within how long it answers.".to_owned(),
        WaitEnded => "You ended what held others up in the database.".to_owned(),
        ReadyAnswersChanged => "You changed what answers are kept ready.".to_owned(),
        NoticesChosen => "You chose which notices you get.".to_owned(),
    }
}

/// Which proposal, and whose, where the author is not who acted.
fn proposal(event: &Recorded, history: &History) -> String {
    let author = event.proposal_id.and_then(|id| history.authors.get(&id)).and_then(|author| history.names.get(author));
    author.map_or_else(|| own(event), |author| format!("{} of {author}", own(event)))
}

/// A number that was drawn.
fn numbered(event: &Recorded, year: &str, seq: &str) -> String {
    format!("{}-{:04}", fact(event, year).unwrap_or_default(), fact(event, seq).unwrap_or_default())
}

/// Which proposal, where its author is who acted.
fn own(event: &Recorded) -> String {
    event.proposal_id.map_or_else(|| "a proposal".to_owned(), |id| format!("proposal {}", ProposalId(id).reference()))
}

fn edited(who: &str, version: &str, event: &Recorded) -> String {
    let scope = fact(event, "scope_version").filter(|scope| *scope > 1);
    let scope = scope.map_or_else(String::new, |scope| format!(" Proposals answer state {scope} of the task since."));
    format!("{who} changed the project’s words{version}.{scope}")
}

fn cancelled(who: &str, event: &Recorded, reader: &Reader) -> String {
    let reason = match &reader.cancel_reason {
        Some(reason) => format!(" Reason: {reason}"),
        None => String::new(),
    };
    let pending = if event.from_state.as_deref() == Some("OPEN") { " All pending proposals were not selected with it." } else { "" };
    format!("{who} cancelled the project.{pending}{reason}")
}

fn accepted(who: &str, proposal: &str, event: &Recorded, reader: &Reader) -> String {
    let contract = fact(event, "contract").map_or_else(String::new, |id| format!(" Contract {} was made.", ContractId(id).reference()));
    let others = match event.facts.get("rejected").and_then(serde_json::Value::as_array).map_or(0, Vec::len) {
        0 => String::new(),
        1 => " The one other pending proposal was not selected.".to_owned(),
        many => format!(" The {many} other pending proposals were not selected."),
    };
    let yours = match reader.own {
        Some((own, ProposalStatus::Rejected)) if event.proposal_id != Some(own.0) => {
            format!(" Your proposal {} was not selected.", own.reference())
        }
        _ => String::new(),
    };
    format!("{who} accepted {proposal}.{contract}{others}{yours}")
}

/// How long, as it was recorded.
fn worked(event: &Recorded) -> String {
    let minutes = fact(event, "minutes").unwrap_or(0);
    format!("{} h {:02} min", minutes / 60, minutes % 60)
}

/// Which week, as it was recorded.
fn week(event: &Recorded) -> String {
    event.facts.get("week").and_then(serde_json::Value::as_str).map_or_else(|| "a week".to_owned(), |week| format!("week {week}"))
}

/// From which state to which.
fn moved(event: &Recorded) -> String {
    match (event.from_state.as_deref(), event.to_state.as_deref()) {
        (from, Some(to)) if from != Some(to) => from.map_or_else(|| label(to), |from| format!("{} → {}", label(from), label(to))),
        _ => String::new(),
    }
}

/// A state or a role as people read it.
fn label(state: &str) -> String {
    let project = ProjectStatus::parse(state).map(ProjectStatus::label);
    let proposal = || ProposalStatus::parse(state).map(ProposalStatus::label);
    let role = || Role::parse(state).map(Role::label).or_else(|| Visibility::parse(state).map(Visibility::label));
    let contract = || ContractStatus::parse(state).map(ContractStatus::label);
    let milestone = || MilestoneStatus::parse(state).map(MilestoneStatus::label);
    let week = || SheetState::parse(state).map(SheetState::label);
    let invoice = || InvoiceStatus::parse(state).map(InvoiceStatus::label);
    project
        .or_else(week)
        .or_else(contract)
        .or_else(invoice)
        .or_else(milestone)
        .or_else(proposal)
        .or_else(role)
        .map_or_else(|| state.to_owned(), str::to_owned)
}

/// A number that was recorded.
pub(super) fn fact(event: &Recorded, name: &str) -> Option<i64> {
    event.facts.get(name).and_then(serde_json::Value::as_i64)
}
