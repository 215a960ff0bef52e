//! Taking one's own proposal back.

use actix_web::http::StatusCode;

use super::shape::ProposalDocument;
use super::show;
use crate::db::Database;
use crate::domain::ids::ProposalId;
use crate::operations::proposals::withdraw_proposal;
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{May, Proposals};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// Nothing needs to be said.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(example = json!({}))]
pub struct Nothing {}

/// Withdraws the caller's proposal. It can be sent again while the project takes proposals.
#[utoipa::path(post, path = "/api/v1/proposals/{id}/withdraw", tag = "proposals", operation_id = "withdraw_proposal",
    security(("token" = ["proposals"])), params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = Nothing,
    responses((status = 200, body = ProposalDocument), Problems))]
pub async fn withdraw(by: May<Proposals>, Id(id): Id<ProposalId>, sent: Body<Nothing>, database: Database) -> Answer {
    let (once, person) = (sent.once("withdraw_proposal"), by.caller.person);
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        withdraw_proposal(conn, person.id, id)?;
        show::after(conn, id, &person)
    });
    match PageError::unless_refused(done.await)? {
        Ok(Some(proposal)) => etag::document(StatusCode::OK, proposal.version, &proposal, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("withdraw_proposal", &why, false)),
    }
}
