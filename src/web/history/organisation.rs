//! The history of an organisation, for its members.

use actix_web::web::Query;

use super::{After, Page};
use crate::db::{Database, history, organisations};
use crate::domain::ids::OrganisationId;
use crate::domain::reader::Reader;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};

/// Shows it; to others it is not there.
pub async fn page(by: SignedIn, Id(id): Id<OrganisationId>, database: Database, asked: Option<Query<After>>) -> Answer {
    if !by.person.is_admin && by.person.role_in(id).is_none() {
        return Err(PageError::NotFound);
    }
    let after = After::of(asked);
    let found = database.run(move |conn| {
        let Some(organisation) = organisations::find(conn, id)? else { return Ok(None) };
        let history = history::read(conn, &organisation.chain(), after)?;
        Ok(Some((organisation, history)))
    });
    let (organisation, history) = found.await?.ok_or(PageError::NotFound)?;
    let reader = Reader::member(by.id());
    let address = format!("/organisations/{id}");
    respond::page(&Page::new(by.shell(), &address, &organisation.name, &organisation.chain(), after, &history, &reader))
}
