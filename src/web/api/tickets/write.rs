//! Asking the house, and answering.

use actix_web::http::StatusCode;

use super::read::find;
use super::shape::{Question, Reply, TicketDocument};
use crate::db::Database;
use crate::domain::ids::TicketId;
use crate::domain::ticket::TicketRefused;
use crate::operations::tickets::{answer_ticket, open_ticket};
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{May, Tickets};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// Asks something of the house. With an `Idempotency-Key` the same request again is answered with the same ticket.
#[utoipa::path(post, path = "/api/v1/tickets", tag = "tickets", operation_id = "open_ticket", security(("token" = ["tickets"])),
    params(("Idempotency-Key" = Option<String>, Header)), request_body = Question,
    responses((status = 201, body = TicketDocument), Problems))]
pub async fn open(by: May<Tickets>, sent: Body<Question>, database: Database) -> Answer {
    let (new, user, once) = (sent.said.parse()?, by.id(), sent.once("open_ticket"));
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        let id = open_ticket(conn, user, &new)?;
        Ok(find(conn, id, user)?)
    });
    match PageError::unless_refused(done.await)? {
        Ok(Some(ticket)) => etag::made(true, &format!("/api/v1/tickets/{}", ticket.line.id), ticket.version(), &ticket),
        Ok(None) | Err(TicketRefused::NoContract) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("open_ticket", &why, false)),
    }
}

/// Answers on a ticket, as whoever asked or as an admin; its clock begins anew. Who sends `If-Match` is refused where
/// something was written since.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/answers", tag = "tickets", operation_id = "answer_ticket", security(("token" = ["tickets"])),
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = Reply, responses((status = 200, body = TicketDocument), Problems))]
pub async fn answer(by: May<Tickets>, Id(id): Id<TicketId>, seen: Seen, sent: Body<Reply>, database: Database) -> Answer {
    let answer = sent.said.parse(seen.version())?;
    let (user, once, is_conditional) = (by.id(), sent.once("answer_ticket"), seen.is_conditional());
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        answer_ticket(conn, user, id, &answer)?;
        Ok(find(conn, id, user)?)
    });
    match PageError::unless_refused(done.await)? {
        Ok(Some(ticket)) => etag::document(StatusCode::OK, ticket.version(), &ticket, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("answer_ticket", &why, is_conditional)),
    }
}
