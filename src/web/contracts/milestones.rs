//! Many milestones in one step: approving all that were submitted, and putting them in another order.

use actix_web::web::Data;

use super::conflict::{self, Wanted};
use crate::db::Database;
use crate::domain::contract::ContractRefused;
use crate::domain::ids::{ContractId, MilestoneId};
use crate::domain::milestone::Judged;
use crate::operations::milestones::{approve_milestones, reorder_milestones};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::conflict::Kept;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Approves the milestones that the form names, each as `17:2`: its number, and the delivery that was read.
pub async fn approve(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let by = signed_in.id();
    let judged: Vec<Judged> = sent.all("milestone").into_iter().filter_map(judged).collect();
    let done = database.change(move |conn| approve_milestones(conn, by, id, &judged)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/contracts/{id}"), "good", "Approved. The freelancer was told."),
        Err(why) => {
            let undone = "Nothing was approved, and nobody was told.";
            conflict::refused(&database, signed_in.shell(), Wanted { by, contract: id, undone, kept: Kept::new() }, why).await
        }
    }
}

/// `17:2`.
pub(in crate::web) fn judged(text: &str) -> Option<Judged> {
    let (id, submission) = text.split_once(':')?;
    Some(Judged { id: id.parse().ok()?, submission: submission.parse().ok()? })
}

/// Puts one milestone a place higher: the form names all in their order, and which one goes up.
pub async fn order(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let by = signed_in.id();
    let mut order: Vec<MilestoneId> = sent.all("milestone").into_iter().filter_map(|text| text.parse().ok()).collect();
    let up: Option<MilestoneId> = sent.get("up").parse().ok();
    if let Some(place) = order.iter().position(|one| Some(*one) == up).filter(|place| *place > 0) {
        order.swap(place - 1, place);
    }
    let done = database.change(move |conn| reorder_milestones(conn, by, id, &order)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/contracts/{id}"), "good", "The milestones are in the new order."),
        Err(why @ (ContractRefused::OtherMilestones | ContractRefused::ContractIs(_))) => {
            let undone = "The order was not changed.";
            conflict::refused(&database, signed_in.shell(), Wanted { by, contract: id, undone, kept: Kept::new() }, why).await
        }
        Err(why) => Err(PageError::refused(&why, "The order was not changed.")),
    }
}
