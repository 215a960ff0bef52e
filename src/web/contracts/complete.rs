//! Completing a contract: a page that says what that means and what stands in the way, and the act.

use actix_web::web::Data;
use askama::Template;

use super::conflict::{self, Wanted};
use super::desk::{self, Desk};
use crate::db::{Database, contracts};
use crate::domain::contract::{ContractRefused, ContractStatus, OpenThings};
use crate::domain::ids::ContractId;
use crate::operations::contracts::complete_contract;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::projects::conflict::Kept;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const UNDONE: &str = "The contract was not completed by you, and nobody was told.";

#[derive(Template)]
#[template(path = "contracts/complete.html")]
struct Page {
    shell: Shell,
    desk: Desk,
    open: OpenThings,
}

/// Asks.
pub async fn page(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database) -> Answer {
    let (by, person) = (signed_in.id(), signed_in.person.clone());
    let found = database.run(move |conn| Ok((desk::read(conn, id, &person)?, contracts::open_things(conn, id)?))).await?;
    let (Some(desk), open) = found else { return Err(PageError::NotFound) };
    match desk.contract().may_complete(&desk.party, OpenThings::default()) {
        Ok(()) => respond::page(&Page { shell: signed_in.shell(), desk, open }),
        Err(why) => {
            let wanted = Wanted { by, contract: id, undone: UNDONE, kept: Kept::new() };
            conflict::refused(&database, signed_in.shell(), wanted, why).await
        }
    }
}

/// Completes it.
pub async fn submit(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let by = signed_in.id();
    let done = database.change(move |conn| complete_contract(conn, by, id)).await;
    match PageError::unless_refused(done)? {
        Ok(()) | Err(ContractRefused::ContractIs(ContractStatus::Completed)) => respond::see_other_saying(
            &secrets,
            &format!("/contracts/{id}"),
            "good",
            "The contract is completed, and its project with it. The freelancer was told.",
        ),
        Err(why) => {
            let wanted = Wanted { by, contract: id, undone: UNDONE, kept: Kept::new() };
            conflict::refused(&database, signed_in.shell(), wanted, why).await
        }
    }
}
