//! The history of a contract, for both its sides.

use actix_web::web::Query;

use super::{After, Page};
use crate::db::{Database, contracts, history};
use crate::domain::ids::ContractId;
use crate::domain::reader::Reader;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};

/// Shows it; to others it is not there.
pub async fn page(by: SignedIn, Id(id): Id<ContractId>, database: Database, asked: Option<Query<After>>) -> Answer {
    let after = After::of(asked);
    let person = by.person.clone();
    let found = database.run(move |conn| {
        let Some(contract) = contracts::find(conn, id)? else { return Ok(None) };
        let is_member = person.is_admin || person.role_in(contract.organisation_id).is_some();
        let Some(reader) = Reader::of_contract(person.id, is_member, &contract) else { return Ok(None) };
        let history = history::read(conn, &contract.chain(), after)?;
        Ok(Some((contract, history, reader)))
    });
    let (contract, history, reader) = found.await?.ok_or(PageError::NotFound)?;
    let (address, title) = (format!("/contracts/{id}"), format!("Contract {}", id.reference()));
    respond::page(&Page::new(by.shell(), &address, &title, &contract.chain(), after, &history, &reader))
}
