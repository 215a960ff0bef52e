//! Undoing a decline.

use actix_web::web::Data;

use super::conflict::{self, Act, Before, Scene};
use super::decline::Outcome;
use super::standing;
use crate::db::{Database, Failure};
use crate::domain::ids::ProposalId;
use crate::operations::proposals::undecline_proposal;
use crate::web::context::{Id, SignedIn};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Puts the proposal back to pending.
pub async fn submit(signed_in: SignedIn, id: Id<ProposalId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (signed_in.id(), id.0);
    let done = database
        .change(move |conn| match undecline_proposal(conn, user, id) {
            Ok(project) => Ok(Outcome::Done(project)),
            Err(Failure::Refused(why)) => {
                let scene = standing::read(conn, id, user)?.map(|standing| Scene::of(standing, Act::Undecline, Before::default()));
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
            &format!("{} is pending again.", id.reference()),
        ),
        Outcome::Refused(why, scene) => conflict::not_declined(signed_in.shell(), scene.map(|scene| *scene), why),
    }
}
