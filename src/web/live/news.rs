//! What is new on a project since a page was read, in words, for its banner. Whoever asks is told what the page itself
//! would show them now, and no more.

use actix_web::web::Query;
use serde::Deserialize;

use super::banner::{self, Banner};
use crate::db::live::{self, News};
use crate::db::projects::{self, Decision};
use crate::db::{Database, proposals};
use crate::domain::event::EventKind;
use crate::domain::ids::{ProjectId, ProposalId};
use crate::domain::message::About;
use crate::domain::project::{Project, ProjectStatus};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::Answer;
use crate::web::shown;

/// What the page had shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The project's number of events.
    seen: String,
    /// The proposal that the page is about.
    proposal: String,
}

/// Answers the banner's words, or nothing where there is no news.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    let (person, proposal) = (signed_in.person.clone(), asked.proposal.parse::<ProposalId>().ok());
    let seen = asked.seen.parse::<i64>().unwrap_or(i64::MAX);
    let found = database
        .run(move |conn| {
            let Some(project) = projects::find(conn, id.0)? else { return Ok(None) };
            let is_member = person.role_in(project.organisation_id).is_some();
            let mut proposal = proposal;
            if !is_member {
                let Some(own) = proposals::own(conn, project.id, person.id)? else { return Ok(None) };
                proposal = proposal.filter(|asked| *asked == own.id);
            }
            let news = live::news(conn, project.id, seen, person.id, proposal)?;
            let decided = news.count(EventKind::ProposalAccepted) > 0 && is_member;
            let decision = if decided { projects::decision(conn, project.id)? } else { None };
            Ok(Some((project, is_member, news, decision)))
        })
        .await?;
    let (project, is_member, news, decision) = found.ok_or(PageError::NotFound)?;
    let clock = signed_in.shell().clock;
    let banner = if is_member { for_member(&project, &news, decision.as_ref(), &clock) } else { for_bidder(&project, &news) };
    let banner = banner.or_else(|| proposal.and_then(|proposal| for_reader(&news, proposal)));
    banner::answer(banner)
}

fn for_member(project: &Project, news: &News, decision: Option<&Decision>, clock: &jiff::tz::TimeZone) -> Option<Banner> {
    if let Some(decision) = decision {
        let at = shown::exact(clock, decision.at).words;
        let text = format!("{} accepted {} at {at}. Accepting is no longer possible.", decision.by_name, decision.freelancer_name);
        return Some(Banner { text, href: format!("/contracts/{}", decision.contract), label: "See the contract" });
    }
    let all = format!("/projects/{}/proposals", project.id);
    if news.count(EventKind::ProjectCancelled) > 0 {
        return Some(Banner {
            text: "A colleague cancelled the project.".to_owned(),
            href: format!("/projects/{}", project.id),
            label: "See the project",
        });
    }
    let of_proposal = news.on_proposal.as_deref().filter(|_| !project.bids_are_sealed());
    let on_proposal = match of_proposal.and_then(EventKind::parse) {
        Some(EventKind::ProposalWithdrawn) => Some("This proposal was withdrawn. It can no longer be accepted."),
        Some(EventKind::ProposalRevised | EventKind::ProposalSubmitted) => {
            Some("This proposal was changed after you opened it. Read it anew before you decide.")
        }
        Some(EventKind::ProposalDeclined) => Some("A colleague declined this proposal."),
        _ => None,
    };
    if let Some(text) = on_proposal {
        return Some(Banner { text: text.to_owned(), href: String::new(), label: "Show" });
    }
    let said = [
        (EventKind::ProposalSubmitted, "new proposal", "new proposals"),
        (EventKind::ProposalRevised, "changed proposal", "changed proposals"),
        (EventKind::ProposalWithdrawn, "withdrawn proposal", "withdrawn proposals"),
        (EventKind::ProposalDeclined, "declined proposal", "declined proposals"),
        (EventKind::ProjectEdited, "change of the project", "changes of the project"),
    ];
    let text = banner::counted(said.map(|(kind, one, many)| (news.count(kind), one, many)))?;
    Some(Banner { text, href: all, label: "Show" })
}

/// On pages of a proposal and of its messages: what the other side wrote, or a colleague. The address is that of the line
/// where the reader stopped.
fn for_reader(news: &News, proposal: ProposalId) -> Option<Banner> {
    let (count, contract) = news.messages;
    let text = match count {
        0 => return None,
        1 => "1 new message.".to_owned(),
        count => format!("{count} new messages."),
    };
    let about = contract.map_or(About::Proposal(proposal), About::Contract);
    Some(Banner { text, href: format!("{}#new", about.address()), label: "Read" })
}

/// Whoever has offered hears of what they are told anyway: a change of the task, and the end.
fn for_bidder(project: &Project, news: &News) -> Option<Banner> {
    let text = match project.status {
        ProjectStatus::Open if news.count(EventKind::ProjectEdited) > 0 => "The project changed.",
        ProjectStatus::Assigned | ProjectStatus::Completed if news.count(EventKind::ProposalAccepted) > 0 => "The client has decided.",
        ProjectStatus::Cancelled if news.count(EventKind::ProjectCancelled) > 0 => "The client cancelled the project.",
        _ => return None,
    };
    Some(Banner { text: text.to_owned(), href: String::new(), label: "Show" })
}
