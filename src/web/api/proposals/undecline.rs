//! Undoing a decline.

use actix_web::http::StatusCode;

use super::shape::ProposalDocument;
use super::show;
use super::withdraw::Nothing;
use crate::db::Database;
use crate::domain::ids::ProposalId;
use crate::operations::proposals::undecline_proposal;
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{Decide, May};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// Puts a declined proposal back to pending, while its project is open.
#[utoipa::path(post, path = "/api/v1/proposals/{id}/undecline", tag = "proposals", operation_id = "undecline_proposal",
    security(("token" = ["decide"])), params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = Nothing,
    responses((status = 200, body = ProposalDocument), Problems))]
pub async fn undecline(by: May<Decide>, Id(id): Id<ProposalId>, sent: Body<Nothing>, database: Database) -> Answer {
    let (once, person) = (sent.once("undecline_proposal"), by.caller.person);
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        undecline_proposal(conn, person.id, id)?;
        show::after(conn, id, &person)
    });
    match PageError::unless_refused(done.await)? {
        Ok(Some(proposal)) => etag::document(StatusCode::OK, proposal.version, &proposal, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("undecline_proposal", &why, false)),
    }
}
