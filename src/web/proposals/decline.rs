//! Turning a proposal down, with a reason; the form stands on the proposal's page.

use actix_web::web::Data;

use super::conflict::{self, Act, Before, Scene};
use super::show::{self, Refilled};
use super::standing;
use crate::db::{Database, Failure};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ProjectId, ProposalId};
use crate::domain::proposal::{Decline, DeclineRefused};
use crate::domain::words::Reason;
use crate::operations::proposals::decline_proposal;
use crate::web::context::{Id, SignedIn};
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// What became of it.
pub(super) enum Outcome {
    Done(ProjectId),
    Refused(DeclineRefused, Option<Box<Scene>>),
}

/// Declines the proposal.
pub async fn submit(signed_in: SignedIn, id: Id<ProposalId>, database: Database, secrets: Data<Secrets>, fields: Fields) -> Answer {
    let (user, id, seen) = (signed_in.id(), id.0, fields.version("version"));
    let shared = fields.has("shared");
    let decline = match Reason::parse(fields.get("reason")) {
        Ok(reason) => Decline { reason, shared },
        Err(wrong) => {
            let mut errors = FieldErrors::new();
            errors.add("reason", wrong.to_string());
            let typed = Refilled { reason: fields.get("reason").to_owned(), shared, note: None };
            return show::show(signed_in, id, &database, typed, errors).await;
        }
    };
    let done = database
        .change(move |conn| match decline_proposal(conn, user, id, seen, decline.clone()) {
            Ok(project) => Ok(Outcome::Done(project)),
            Err(Failure::Refused(why)) => {
                let scene = standing::read(conn, id, user)?.map(|standing| Scene::of(standing, Act::Decline, Before::default()));
                Ok(Outcome::Refused(why, scene.map(Box::new)))
            }
            Err(Failure::Broken(fault)) => Err(fault.into()),
        })
        .await?;
    match done {
        Outcome::Done(project) => respond::see_other_saying(
            &secrets,
            &format!("/projects/{project}/proposals"),
            "good",
            &format!("{} is declined. You can undo it until the project is decided.", id.reference()),
        ),
        Outcome::Refused(why, scene) => conflict::not_declined(signed_in.shell(), scene.map(|scene| *scene), why),
    }
}
