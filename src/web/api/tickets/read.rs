//! The caller's own tickets; and one, for whoever asked and for admins.

use actix_web::http::StatusCode;
use actix_web::web::Query;

use super::shape::{TicketDocument, TicketLine};
use crate::db::tickets::{self, Filter, Which};
use crate::db::{Database, PgConnection, Portion, QueryResult};
use crate::domain::ids::{TicketId, UserId};
use crate::web::api::etag::{self, Seen};
use crate::web::api::listing::{After, Listing};
use crate::web::api::may::{May, Read};
use crate::web::api::problem::{Answer, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// A ticket as this person may read it, if they may.
pub(super) fn find(conn: &mut PgConnection, id: TicketId, user: UserId) -> QueryResult<Option<TicketDocument>> {
    let Some(ticket) = tickets::find_for(conn, id, user)? else { return Ok(None) };
    let timeline = tickets::timeline(conn, id, ticket.seat())?;
    Ok(Some(TicketDocument::of(ticket, timeline)))
}

/// What the caller asked the house, newest first.
#[utoipa::path(get, path = "/api/v1/tickets", tag = "tickets", operation_id = "list_tickets", security(("token" = ["read"])),
    params(After), responses((status = 200, body = Listing<TicketLine>), Problems))]
pub async fn list(by: May<Read>, asked: Query<After>, database: Database) -> Answer {
    let filter = Filter { which: Which::All, opener: Some(by.id()), ..Filter::default() };
    let after = asked.after.map(TicketId);
    let (found, more) = database.run(move |conn| Ok(tickets::portion(conn, &filter, after, Portion::Page)?)).await?;
    let next = found.last().filter(|_| more).map(|last| last.id.0);
    Listing { items: found.into_iter().map(TicketLine::from).collect(), next }.answer("/api/v1/tickets")
}

/// One ticket with its history.
#[utoipa::path(get, path = "/api/v1/tickets/{id}", tag = "tickets", operation_id = "show_ticket", security(("token" = ["read"])),
    params(("id" = i64, Path)), responses((status = 200, body = TicketDocument), Problems))]
pub async fn show(by: May<Read>, Id(id): Id<TicketId>, seen: Seen, database: Database) -> Answer {
    let user = by.id();
    let ticket = database.run(move |conn| Ok(find(conn, id, user)?)).await?.ok_or(PageError::NotFound)?;
    etag::document(StatusCode::OK, ticket.version(), &ticket, &seen)
}
