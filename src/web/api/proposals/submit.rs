//! Sending a proposal, and revising it.

use super::shape::{ProposalDocument, ProposalSaid};
use super::show;
use crate::db::{Connection, Database, Failure, projects};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ProjectId;
use crate::domain::person::Person;
use crate::domain::proposal::SubmitRefused;
use crate::domain::request::Request;
use crate::operations::proposals::{Submission, submit_proposal};
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{May, Proposals};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// What became of it.
enum Outcome {
    Sent(bool, Option<Box<ProposalDocument>>),
    Wrong(FieldErrors),
}

/// Sends the caller's one proposal on a project (201), or writes the words over it (200).
#[utoipa::path(post, path = "/api/v1/projects/{id}/proposals", tag = "proposals", operation_id = "submit_proposal",
    security(("token" = ["proposals"])),
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = ProposalSaid,
    responses((status = 201, body = ProposalDocument), (status = 200, body = ProposalDocument), Problems))]
pub async fn submit(by: May<Proposals>, Id(id): Id<ProjectId>, seen: Seen, sent: Body<ProposalSaid>, database: Database) -> Answer {
    let (once, person, version) = (sent.once("submit_proposal"), by.caller.person, seen.or(sent.said.version));
    let said = ProposalSaid { version, ..sent.said };
    let done = database.change(move |conn| send(conn, &person, id, &said, once.clone()));
    match PageError::unless_refused(done.await)? {
        Ok(Outcome::Sent(new, Some(proposal))) => {
            etag::made(new, &format!("/api/v1/proposals/{}", proposal.id), proposal.version, &*proposal)
        }
        Ok(Outcome::Sent(_, None)) => Err(PageError::NotFound.into()),
        Ok(Outcome::Wrong(errors)) => Err(errors.into()),
        Err(why) => Err(Problem::refused("submit_proposal", &why, seen.is_conditional())),
    }
}

fn send(
    conn: &mut Connection<'_>,
    person: &Person,
    id: ProjectId,
    said: &ProposalSaid,
    once: Option<Request>,
) -> Result<Outcome, Failure<SubmitRefused>> {
    // Which questions there are is read before; that they are the same is judged under the lock.
    let Some(view) = projects::seen_by(conn, id, Some(person.id))? else { return Err(Failure::Refused(SubmitRefused::Missing)) };
    let content = match said.parse(&view.project.questions) {
        Ok(content) => content,
        Err(errors) => return Ok(Outcome::Wrong(errors)),
    };
    let scope_version = said.scope_version.or(Some(view.project.scope_version));
    let submission = Submission { project: id, content, version: said.version, scope_version, files: None };
    conn.asked_once(once);
    let sent = submit_proposal(conn, person.id, &submission)?;
    Ok(Outcome::Sent(sent.new, show::after(conn, sent.proposal, person)?.map(Box::new)))
}
