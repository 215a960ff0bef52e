//! Turning a proposal down.

use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::ProposalDocument;
use super::show;
use crate::db::Database;
use crate::domain::ids::ProposalId;
use crate::domain::proposal::Decline;
use crate::operations::proposals::decline_proposal;
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{Decide, May};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::api::projects::cancel::WithReason;
use crate::web::context::Id;
use crate::web::error::PageError;

/// Why, and whether its author is told once the project is decided.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({ "reason": "Too dear.", "shared": false }))]
pub struct Declined {
    #[serde(flatten)]
    why: WithReason,
    /// Whether its author is told the reason once the project is decided.
    shared: bool,
}

/// Declines a pending proposal; it can be undone until the award.
#[utoipa::path(post, path = "/api/v1/proposals/{id}/decline", tag = "proposals", operation_id = "decline_proposal",
    security(("token" = ["decide"])),
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = Declined, responses((status = 200, body = ProposalDocument), Problems))]
pub async fn decline(by: May<Decide>, Id(id): Id<ProposalId>, seen: Seen, sent: Body<Declined>, database: Database) -> Answer {
    let decline = Decline { reason: sent.said.why.reason()?, shared: sent.said.shared };
    let (once, person, version) = (sent.once("decline_proposal"), by.caller.person, seen.or(sent.said.why.version));
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        decline_proposal(conn, person.id, id, version, decline.clone())?;
        show::after(conn, id, &person)
    });
    match PageError::unless_refused(done.await)? {
        Ok(Some(proposal)) => etag::document(StatusCode::OK, proposal.version, &proposal, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("decline_proposal", &why, seen.is_conditional())),
    }
}
