//! The comparison as a file for a spreadsheet: a proposal a line, a criterion a column.

use actix_web::HttpResponse;
use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use csv::{Terminator, WriterBuilder};

use super::asked::Asked;
use super::compare::asked_for;
use super::offer::{self, Offer};
use crate::db::Database;
use crate::db::marks::Mark;
use crate::domain::ids::ProjectId;
use crate::domain::money::plain;
use crate::domain::project::{Project, ProjectKind};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::Answer;

/// Spreadsheets take a file with this at its head for UTF-8, and one without it for the machine's old code page.
const BOM: &[u8] = "\u{FEFF}".as_bytes();

/// Answers with the file: what the address asks for, on all pages.
pub async fn file(signed_in: SignedIn, id: Id<ProjectId>, database: Database, asked: Asked) -> Answer {
    let person = signed_in.person.clone();
    let found = database.run(move |conn| Ok(offer::read(conn, id.0, &person)?)).await?;
    let (project, Some(table)) = found.ok_or(PageError::NotFound)? else { return Err(PageError::NotFound) };
    if project.bids_are_sealed() {
        return Err(PageError::Conflict("Bids on this project are sealed: nobody can read them before they are opened.".to_owned()));
    }
    let body = written(&project, &asked_for(table.offers, &asked)).map_err(|error| PageError::Broken(error.to_string()))?;
    let name = format!("{}-proposals.csv", project.id.reference());
    let attached = ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![DispositionParam::Filename(name)] };
    Ok(HttpResponse::Ok().content_type("text/csv; charset=utf-8").insert_header(attached).body(body))
}

fn written(project: &Project, offers: &[Offer]) -> csv::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BOM.to_vec());
    writer.write_record(heads(project).iter().map(|head| guarded(head)))?;
    for offer in offers {
        writer.write_record(cells(project, offer).iter().map(|cell| guarded(cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
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

fn cells(project: &Project, offer: &Offer) -> Vec<String> {
    let (proposal, contracts, team) = (&offer.named.proposal, &offer.contracts, &offer.team);
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let who = |mark: Option<&Mark>| mark.map_or_else(String::new, |mark| mark.by_name.clone());
    let (paid, a_day) = match project.kind {
        ProjectKind::Fixed => ("fixed price", plain(offer.a_day())),
        ProjectKind::Hourly => ("by the hour", String::new()),
    };
    let milestones: Vec<_> = proposal.milestones().into_iter().map(|one| format!("{}: {}", one.title, plain(one.amount))).collect();
    let answer = |question: &String| proposal.answered().find(|(asked, _)| asked == question).map_or("", |(_, answer)| answer).to_owned();
    let before = vec![
        proposal.id.reference(),
        offer.named.freelancer.clone(),
        offer.named.headline.clone(),
        proposal.status.label().to_owned(),
        plain(proposal.amount),
        project.currency.clone(),
        paid.to_owned(),
        a_day,
        proposal.days.to_string(),
        day(proposal.start_on),
        day(proposal.finish_on()),
        milestones.join("\n"),
    ];
    let after = vec![
        contracts.done.to_string(),
        contracts.running.to_string(),
        contracts.paused.to_string(),
        contracts.ended_by_client.to_string(),
        contracts.ended_by_freelancer.to_string(),
        contracts.ended_by_both.to_string(),
        proposal.created_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        proposal.version.to_string(),
        if proposal.scope_version == project.scope_version { "yes" } else { "no" }.to_owned(),
        who(team.shortlisted()),
        who(team.archived()),
        team.words().to_owned(),
        proposal.cover_letter.clone(),
    ];
    [before, project.questions.iter().map(answer).collect(), after].concat()
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text.
fn guarded(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_is_text() {
        for odd in ["=1+1", "+49 30", "-5", "@sum", "\tx", "＝1"] {
            assert_eq!(guarded(odd), format!("'{odd}"));
        }
        for plain in ["", "6400.00", "A=1", "Ada"] {
            assert_eq!(guarded(plain), plain);
        }
    }
}
