//! Not done: somebody moved the contract on, or it is not this person's to do.

use actix_web::http::StatusCode;

use crate::db::contracts::LastMove;
use crate::db::{Database, contracts};
use crate::domain::contract::{ContractRefused, ContractStatus, Side};
use crate::domain::event::EventKind;
use crate::domain::ids::{ContractId, FileId, MilestoneId, UserId};
use crate::web::error::PageError;
use crate::web::projects::conflict::{Kept, Page};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown;

/// What the person wanted, as the page speaks of it.
pub struct Wanted {
    /// Who.
    pub by: UserId,
    /// With which contract.
    pub contract: ContractId,
    /// What did not happen, as a sentence.
    pub undone: &'static str,
    /// What they typed: kept on the page.
    pub kept: Kept,
}

/// The page for why something was not done.
pub async fn refused(database: &Database, shell: Shell, wanted: Wanted, why: ContractRefused) -> Answer {
    refused_with(database, shell, wanted, why, &[]).await
}

/// The same, where files had been added: the form that the page leads back to has them still.
pub async fn refused_with(database: &Database, shell: Shell, wanted: Wanted, why: ContractRefused, files: &[FileId]) -> Answer {
    let milestone = match why {
        ContractRefused::MilestoneIs(id, _) | ContractRefused::Resubmitted { milestone: id, .. } => Some(id),
        _ => None,
    };
    let means = match why {
        ContractRefused::Missing => return Err(PageError::NotFound),
        ContractRefused::NotAllowed => {
            return Err(PageError::NotAllowed("Owners and managers of the client decide on its contracts; you may read them.".to_owned()));
        }
        ContractRefused::OtherSides(Side::Client) => {
            return Err(PageError::NotAllowed("This is for the client’s owners and managers to do.".to_owned()));
        }
        ContractRefused::OtherSides(Side::Freelancer) => {
            return Err(PageError::NotAllowed("This is for the freelancer to do.".to_owned()));
        }
        ContractRefused::PausedBy(_) => return Err(PageError::NotAllowed("Whoever paused the contract resumes it.".to_owned())),
        ContractRefused::ContractIs(status) => state(status).to_owned(),
        ContractRefused::StillOpen(open) => format!("Something of the contract is open still: {}.", open.words().join(", ")),
        ContractRefused::MilestoneIs(_, status) => format!("The milestone is {} by now.", status.label().to_lowercase()),
        ContractRefused::Resubmitted { .. } => "You were looking at an earlier delivery than the one that is there now.".to_owned(),
        ContractRefused::OtherMilestones => "The milestones are others than those on your page.".to_owned(),
        ContractRefused::Nothing => "You chose no milestone.".to_owned(),
        ContractRefused::FileGone => "A file that you had added is not kept any more.".to_owned(),
    };
    let contract = wanted.contract;
    let last = database.run(move |conn| Ok(contracts::last_move(conn, contract, milestone.map(|id| id.0))?)).await?;
    let first = match (milestone, why) {
        (Some(id), ContractRefused::Resubmitted { .. }) => (back(id, files), "Look at the new delivery".to_owned()),
        (Some(id), _) => (back(id, files), "Look at the milestone".to_owned()),
        (None, _) => (format!("/contracts/{contract}"), "Look at the contract".to_owned()),
    };
    let last = last.filter(|_| !matches!(why, ContractRefused::StillOpen(_) | ContractRefused::Nothing | ContractRefused::FileGone));
    let (title, happened) = match &last {
        Some(last) => {
            let (who, did) = (who(last, wanted.by), did(last, milestone));
            let title = format!("{who} {did} {} ago", shown::span(last.now - last.at));
            (title, Some((format!("{who} {did}"), shown::exact(&shell.clock, last.at))))
        }
        None => ("This cannot be done now".to_owned(), None),
    };
    let links = vec![first, (format!("/contracts/{contract}/history"), "What happened so far".to_owned())];
    let page = Page { shell, title, undone: wanted.undone, happened, means, kept: wanted.kept, links };
    respond::page_with(StatusCode::CONFLICT, &page)
}

/// A milestone's page, its form with these files.
fn back(id: MilestoneId, files: &[FileId]) -> String {
    let files: Vec<_> = files.iter().map(|file| format!("file={file}")).collect();
    format!("/milestones/{id}{}{}", if files.is_empty() { "" } else { "?" }, files.join("&"))
}

/// What a state means to whoever comes too late.
pub fn state(status: ContractStatus) -> &'static str {
    match status {
        ContractStatus::Active => "The contract is active.",
        ContractStatus::Paused => "The contract is paused: nothing is logged or submitted until it is resumed.",
        ContractStatus::Completed => "The contract is completed. It does not change any more.",
        ContractStatus::Terminated => "The contract ended early. It does not change any more.",
    }
}

fn who(last: &LastMove, by: UserId) -> String {
    match &last.name {
        _ if last.by == Some(by.0) => "You".to_owned(),
        Some(name) => name.clone(),
        None => "The house".to_owned(),
    }
}

fn did(last: &LastMove, milestone: Option<MilestoneId>) -> &'static str {
    match last.kind() {
        Some(EventKind::ContractPaused) => "paused the contract",
        Some(EventKind::ContractResumed) => "resumed the contract",
        Some(EventKind::ContractCompleted) => "completed the contract",
        Some(EventKind::ContractTerminated) => "ended the contract early",
        Some(EventKind::TermsProposed) => "proposed other terms",
        Some(EventKind::TermsConfirmed) => "confirmed other terms",
        Some(EventKind::TermsDeclined) => "declined other terms",
        Some(EventKind::TermsWithdrawn) => "took back other terms",
        Some(EventKind::MilestoneSubmitted) => "sent a new delivery",
        Some(EventKind::MilestoneWithdrawn) => "took the delivery back",
        Some(EventKind::ChangesRequested) => "asked for changes",
        Some(EventKind::MilestonesApproved) if milestone.is_some() => "approved this milestone",
        Some(EventKind::MilestonesApproved) => "approved milestones",
        Some(EventKind::MilestoneCancelled) => "gave this milestone up",
        _ => "changed the contract",
    }
}
