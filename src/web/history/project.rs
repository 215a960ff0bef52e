//! The history of a project, for its client's members and everybody who sent a proposal.

use actix_web::web::Query;

use super::changes::Kept;
use super::refused::{Refused, tells_of_bids};
use super::{After, Page};
use crate::db::{Database, history, projects, proposals};
use crate::domain::chain::words_hash;
use crate::domain::event::EventKind;
use crate::domain::ids::ProjectId;
use crate::domain::reader::Reader;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};

/// Shows it. Whom it does not concern may not know that it is there.
pub async fn page(by: SignedIn, Id(id): Id<ProjectId>, database: Database, asked: Option<Query<After>>) -> Answer {
    let after = After::of(asked);
    let person = by.person.clone();
    let found = database.run(move |conn| {
        let Some(project) = projects::find(conn, id)? else { return Ok(None) };
        let own = proposals::own(conn, id, person.id)?;
        let is_member = person.is_admin || person.role_in(project.organisation_id).is_some();
        let Some(mut reader) = Reader::of_project(person.id, is_member, own.as_ref(), &project) else { return Ok(None) };
        let history = history::read(conn, &project.chain(), after)?;
        let recorded =
            history.events.iter().find(|event| event.kind == "PROJECT_CANCELLED").and_then(|event| event.facts.get("reason")?.as_str());
        reader.cancel_reason = reader.cancel_reason.filter(|reason| recorded == Some(words_hash(&project.salt, &[reason]).as_str()));
        let mut refused = if is_member { Some(history::refused(conn, id)?) } else { None };
        if let Some(refused) = refused.as_mut().filter(|_| reader.is_sealed) {
            refused.retain(|attempt| !tells_of_bids(attempt));
        }
        let edited: Vec<_> = history.events.iter().filter(|event| event.kind == EventKind::ProjectEdited.as_str()).collect();
        let revisions = match (edited.first(), edited.last()) {
            (Some(first), Some(last)) => projects::revisions(conn, id, first.at, last.at)?,
            _ => Vec::new(),
        };
        Ok(Some((project, history, reader, refused, revisions)))
    });
    let (project, history, reader, refused, revisions) = found.await?.ok_or(PageError::NotFound)?;
    let shell = by.shell();
    let refused = refused.map(|refused| refused.into_iter().map(|attempt| Refused::of(&shell.clock, attempt)).collect());
    let zone = shell.clock.clone();
    let mut page = Page::new(shell, &format!("/projects/{id}"), &project.title, &project.chain(), after, &history, &reader);
    let kept = Kept { project: &project, revisions: &revisions, events: &history.events };
    for (row, event) in page.rows.iter_mut().zip(&history.events).filter(|(row, _)| row.told.is_some()) {
        row.changed = kept.changed_by(event, &zone);
    }
    respond::page(&Page { refused, ..page })
}
