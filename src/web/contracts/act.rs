//! Pausing and resuming: buttons of the contract's page.

use actix_web::web::Data;

use super::conflict::{self, Wanted};
use crate::db::Database;
use crate::domain::contract::{ContractRefused, ContractStatus};
use crate::domain::ids::ContractId;
use crate::operations::contracts::{pause_contract, resume_contract};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::projects::conflict::Kept;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Lets the work rest. The second click of two finds it resting.
pub async fn pause(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let by = signed_in.id();
    let done = database.change(move |conn| pause_contract(conn, by, id)).await;
    match PageError::unless_refused(done)? {
        Ok(()) | Err(ContractRefused::ContractIs(ContractStatus::Paused)) => {
            respond::see_other_saying(&secrets, &format!("/contracts/{id}"), "good", "The contract is paused. The other side was told.")
        }
        Err(why) => {
            let undone = "The contract was not paused by you, and nobody was told.";
            conflict::refused(&database, signed_in.shell(), Wanted { by, contract: id, undone, kept: Kept::new() }, why).await
        }
    }
}

/// Goes on with it.
pub async fn resume(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let by = signed_in.id();
    let done = database.change(move |conn| resume_contract(conn, by, id)).await;
    match PageError::unless_refused(done)? {
        Ok(()) | Err(ContractRefused::ContractIs(ContractStatus::Active)) => {
            respond::see_other_saying(&secrets, &format!("/contracts/{id}"), "good", "The contract is active. The other side was told.")
        }
        Err(why) => {
            let undone = "The contract was not resumed by you, and nobody was told.";
            conflict::refused(&database, signed_in.shell(), Wanted { by, contract: id, undone, kept: Kept::new() }, why).await
        }
    }
}
