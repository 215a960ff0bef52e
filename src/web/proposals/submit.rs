//! Sending a proposal, for the first time or changed.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::Data;

use super::desk::{self, Desk};
use super::typed::Typed;
use super::{not_sent, propose};
use crate::db::files::Listed;
use crate::db::{Connection, Database, Failure, Fault, projects};
use crate::domain::draft::Form;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::Project;
use crate::domain::proposal::{ProposalContent, SubmitRefused};
use crate::operations::proposals::{Submission, Submitted, submit_proposal};
use crate::web::context::{Id, SignedIn};
use crate::web::drafts::{let_go, stamp};
use crate::web::error::PageError;
use crate::web::files::sent::Sent;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

/// What became of it.
enum Outcome {
    Sent(Submitted, Box<Project>),
    Wrong(Box<Desk>, FieldErrors, Vec<Listed>),
    Refused(Box<Desk>, SubmitRefused),
    Missing,
}

/// Sends what was typed.
pub async fn submit(signed_in: SignedIn, id: Id<ProjectId>, database: Database, secrets: Data<Secrets>, sent: Sent) -> Answer {
    let (user, project) = (signed_in.id(), id.0);
    let shell = signed_in.shell();
    let (typed, wrong) = Typed::sent_with(&sent);
    let typed = Arc::new(typed);
    let (words, page) = (Arc::clone(&typed), stamp(&sent.fields).page);
    let done = database.change(move |conn| {
        let done = send(conn, user, project, &words, &wrong)?;
        if let Outcome::Sent(..) = done {
            let_go(conn, user, Form::Proposal(project), page.as_ref());
        }
        Ok(done)
    });
    let done = done.await;
    match done {
        Ok(Outcome::Sent(sent, project)) => {
            let text = sent_words(&shell, sent, &project);
            respond::see_other_saying(&secrets, &format!("/proposals/{}", sent.proposal), "good", &text)
        }
        Ok(Outcome::Wrong(desk, errors, held)) => propose::form(shell, *desk, Typed::clone(&typed), errors, &held),
        Ok(Outcome::Refused(desk, why)) => not_sent::page(shell, *desk, Some(Typed::clone(&typed)), why),
        Ok(Outcome::Missing) => Err(PageError::NotFound),
        Err(Failure::Broken(Fault::Busy(_) | Fault::Conflict(_))) => {
            let mut answer = not_sent::busy(shell, project, Typed::clone(&typed))?;
            answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
            Ok(answer)
        }
        Err(failure) => Err(failure.into()),
    }
}

fn send(
    conn: &mut Connection<'_>,
    user: UserId,
    project: ProjectId,
    typed: &Typed,
    wrong: &FieldErrors,
) -> Result<Outcome, Failure<std::convert::Infallible>> {
    let Some(found) = projects::find(conn, project)? else {
        return Ok(Outcome::Missing);
    };
    let why = match ProposalContent::parse(&typed.words(), &found.questions).map_err(|errors| errors.and(wrong)) {
        Ok(_) if !wrong.is_empty() => Err(wrong.clone()),
        Ok(content) => {
            let submission = Submission {
                project,
                content,
                version: typed.seen_version(),
                scope_version: typed.seen_scope(),
                files: typed.wanted_files(),
            };
            match submit_proposal(conn, user, &submission) {
                Ok(sent) => return Ok(Outcome::Sent(sent, Box::new(found))),
                Err(Failure::Refused(SubmitRefused::FileGone)) => Err(file_gone()),
                Err(Failure::Refused(why)) => Ok(why),
                Err(Failure::Broken(fault)) => return Err(fault.into()),
            }
        }
        Err(errors) => Err(errors),
    };
    let Some(desk) = desk::read(conn, project, user)?.map(Box::new) else {
        return Ok(Outcome::Missing);
    };
    Ok(match why {
        Ok(why) => Outcome::Refused(desk, why),
        // what cannot be sent at all is said before what is wrong with it
        Err(errors) => match desk.blocked(None, None) {
            Some(why) => Outcome::Refused(desk, why),
            None => {
                let held = desk::held(conn, &desk, user, &typed.files)?;
                Outcome::Wrong(desk, errors, held)
            }
        },
    })
}

/// What is said where a file went meanwhile.
pub(super) fn file_gone() -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.add("files", "A file that you had added is not kept any more: add it again");
    errors
}

fn sent_words(shell: &Shell, sent: Submitted, project: &Project) -> String {
    let done = if sent.new { "was sent" } else { "is saved as it stands below" };
    format!(
        "Your proposal {} {done}. Proposals close {}; until then you can change it, and you see the decision here.",
        sent.proposal.reference(),
        shown::time(&shell.clock, project.deadline).words
    )
}
