//! Ending a contract early: a page that asks by whose fault and why, and the act.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::conflict::{self, Wanted};
use super::desk::{self, Desk};
use crate::db::Database;
use crate::domain::contract::{ContractRefused, ContractStatus, Ending, Fault};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ContractId;
use crate::domain::words::Reason;
use crate::operations::contracts::terminate_contract;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const UNDONE: &str = "The contract was not ended by you, and nobody was told.";

#[derive(Template)]
#[template(path = "contracts/terminate.html")]
struct Page {
    shell: Shell,
    desk: Desk,
    errors: FieldErrors,
    fault: String,
    reason: String,
}

/// Asks.
pub async fn page(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database) -> Answer {
    let by = signed_in.id();
    let desk = desk::desk(&database, id, signed_in.person.clone()).await?;
    match desk.contract().may_terminate(&desk.party) {
        Ok(()) => {
            let (errors, fault, reason) = (FieldErrors::new(), String::new(), String::new());
            respond::page(&Page { shell: signed_in.shell(), desk, errors, fault, reason })
        }
        Err(why) => {
            let wanted = Wanted { by, contract: id, undone: UNDONE, kept: Vec::new() };
            conflict::refused(&database, signed_in.shell(), wanted, why).await
        }
    }
}

/// Ends it.
pub async fn submit(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let by = signed_in.id();
    let mut errors = FieldErrors::new();
    let fault = errors.take("fault", Fault::parse(sent.get("fault")).ok_or("Choose whose fault it is"));
    let reason = errors.take("reason", Reason::parse(sent.get("reason")));
    let (Some(fault), Some(reason)) = (fault, reason) else {
        let desk = desk::desk(&database, id, signed_in.person.clone()).await?;
        let (fault, reason) = (sent.get("fault").to_owned(), sent.get("reason").to_owned());
        let page = Page { shell: signed_in.shell(), desk, errors, fault, reason };
        return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let kept = vec![("Reason", reason.as_str().to_owned())];
    let ending = Ending { fault, reason };
    let done = database.change(move |conn| terminate_contract(conn, by, id, &ending)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(
            &secrets,
            &format!("/contracts/{id}"),
            "good",
            "The contract ended early. The other side was told; the client may open the project again.",
        ),
        Err(ContractRefused::ContractIs(ContractStatus::Terminated)) => respond::see_other(&format!("/contracts/{id}")),
        Err(why) => conflict::refused(&database, signed_in.shell(), Wanted { by, contract: id, undone: UNDONE, kept }, why).await,
    }
}

impl Page {
    /// Each answer with its words, and whether it is chosen.
    fn faults(&self) -> Vec<(&'static str, &'static str, bool)> {
        Fault::ALL.iter().map(|fault| (fault.as_str(), fault.label(), self.fault == fault.as_str())).collect()
    }
}
