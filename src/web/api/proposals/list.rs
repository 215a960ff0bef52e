//! The proposals of a project, as its comparison may see them; for everybody else their own.

use actix_web::web::Query;

use super::shape::ProposalDocument;
use super::show;
use crate::db::projects::PAGE;
use crate::db::{Database, proposals};
use crate::domain::ids::ProjectId;
use crate::web::api::listing::{After, Listing};
use crate::web::api::may::{May, Read};
use crate::web::api::problem::{Answer, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;
use crate::web::proposals::offer;

/// The proposals that were not withdrawn, oldest first, for the client's members; none while bids are sealed. A freelancer
/// reads their own.
#[utoipa::path(get, path = "/api/v1/projects/{id}/proposals", tag = "proposals", operation_id = "list_proposals",
    security(("token" = ["read"])), params(("id" = i64, Path), After),
    responses((status = 200, body = Listing<ProposalDocument>), Problems))]
pub async fn of_project(by: May<Read>, Id(id): Id<ProjectId>, asked: Query<After>, database: Database) -> Answer {
    let person = by.caller.person;
    let after = asked.after.unwrap_or(0);
    let found = database.run(move |conn| {
        let Some((project, table)) = offer::read(conn, id, &person)? else { return Ok(None) };
        let Some(table) = table else {
            let own = proposals::own(conn, id, person.id)?.filter(|own| own.id.0 > after);
            let own = own.map(|own| show::read(conn, own.id, &person)).transpose()?.flatten();
            return Ok(Some(own.into_iter().collect()));
        };
        let behind = table.offers.into_iter().map(|offer| offer.named).filter(|named| named.proposal.id.0 > after);
        let document = |named: proposals::Named| ProposalDocument::of(named.proposal, named.freelancer, &project, false);
        Ok(Some(behind.map(document).take(PAGE + 1).collect::<Vec<_>>()))
    });
    let mut items = found.await?.ok_or(PageError::NotFound)?;
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().filter(|_| more).map(|last| last.id.0);
    Listing { items, next }.answer(&format!("/api/v1/projects/{id}/proposals"))
}
