//! The comparison as a file for a spreadsheet: a proposal a line, a criterion a column.

use actix_web::HttpRequest;

use super::asked::Asked;
use super::compare::asked_for;
use super::offer::{self, Offer};
use crate::db::Database;
use crate::db::marks::Mark;
use crate::domain::ids::ProjectId;
use crate::domain::money::plain;
use crate::domain::project::{Project, ProjectKind};
use crate::exports::{Cell, Format, Writer};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::exports::attached;
use crate::web::respond::Answer;

/// Answers with the file: what the address asks for, on all pages.
pub async fn file(signed_in: SignedIn, request: HttpRequest, id: Id<ProjectId>, database: Database, asked: Asked) -> Answer {
    let format = request.match_info().get("format").and_then(Format::parse).ok_or(PageError::NotFound)?;
    let person = signed_in.person.clone();
    let found = database.run(move |conn| Ok(offer::read(conn, id.0, &person)?)).await?;
    let (project, Some(table)) = found.ok_or(PageError::NotFound)? else { return Err(PageError::NotFound) };
    if project.bids_are_sealed() {
        return Err(PageError::Conflict("Bids on this project are sealed: nobody can read them before they are opened.".to_owned()));
    }
    let rows: Vec<_> = asked_for(table.offers, &asked).iter().map(|offer| cells(&project, offer)).collect();
    let mut writer = Writer::new(format, heads(&project));
    let mut write = || Ok::<_, String>([writer.rows(&rows)?, writer.end()?].concat());
    attached(&format!("{}-proposals", project.id.reference()), format, write().map_err(PageError::Broken)?)
}

fn heads(project: &Project) -> Vec<String> {
    let before = ["Proposal", "Freelancer", "Headline", "State", "Price", "Currency", "Paid", "Price a day", "Working days", "Can start"];
    let between = ["Done by", "Milestones"];
    let after = [
        "Contracts done",
        "Contracts running",
        "Contracts paused",
        "Contracts ended early by the client",
        "Contracts ended early by the freelancer",
        "Contracts ended early by agreement",
        "Sent",
        "Version",
        "Answers the project as it is",
        "Shortlisted by",
        "Archived by",
        "Note",
        "Cover letter",
    ];
    let fixed = |heads: &[&str]| heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>();
    [fixed(&before), fixed(&between), project.questions.clone(), fixed(&after)].concat()
}

fn cells(project: &Project, offer: &Offer) -> Vec<Cell> {
    let (proposal, contracts, team) = (&offer.named.proposal, &offer.contracts, &offer.team);
    let who = |mark: Option<&Mark>| Cell::maybe(mark, |mark| Cell::text(&mark.by_name));
    let (paid, a_day) = match project.kind {
        ProjectKind::Fixed => ("fixed price", Cell::Amount(offer.a_day())),
        ProjectKind::Hourly => ("by the hour", Cell::None),
    };
    let milestones = proposal.milestones().into_iter().map(|one| format!("{}: {}", one.title, plain(one.amount)));
    let answer = |question: &String| proposal.answered().find(|(asked, _)| asked == question).map_or("", |(_, answer)| answer);
    let before = vec![
        Cell::text(proposal.id.reference()),
        Cell::text(&offer.named.freelancer),
        Cell::text(&offer.named.headline),
        Cell::text(proposal.status.label()),
        Cell::Amount(proposal.amount),
        Cell::text(&project.currency),
        Cell::text(paid),
        a_day,
        Cell::Number(proposal.days.into()),
        Cell::maybe(proposal.start_on, Cell::Day),
        Cell::maybe(proposal.finish_on(), Cell::Day),
        Cell::Lines(milestones.collect()),
    ];
    let counts = [
        contracts.done,
        contracts.running,
        contracts.paused,
        contracts.ended_by_client,
        contracts.ended_by_freelancer,
        contracts.ended_by_both,
    ];
    let after = vec![
        Cell::Time(proposal.created_at),
        Cell::Number(proposal.version.into()),
        Cell::Yes(proposal.scope_version == project.scope_version),
        who(team.shortlisted()),
        who(team.archived()),
        Cell::text(team.words()),
        Cell::text(&proposal.cover_letter),
    ];
    let counts = counts.map(Cell::Number).to_vec();
    [before, project.questions.iter().map(|question| Cell::text(answer(question))).collect(), counts, after].concat()
}
