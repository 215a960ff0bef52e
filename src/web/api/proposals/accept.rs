//! The award.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::db::projects::Decision;
use crate::db::{Connection, Database, Failure, contracts, projects, proposals};
use crate::domain::ids::{ProposalId, UserId};
use crate::domain::project::{AwardRefused, Seen as SeenByPerson};
use crate::domain::request::Request;
use crate::operations::proposals::accept_proposal;
use crate::web::api::body::Body;
use crate::web::api::contracts::ContractDocument;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{Decide, May};
use crate::web::api::problem::{Answer, Problem, ProblemDocument, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// What was read of the proposal that is accepted.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({ "version": 1, "scope_version": 1 }))]
pub struct Accepting {
    /// The proposal's version that was read; `If-Match` says the same, and one of both must.
    version: Option<i32>,
    /// The project's scope that was read.
    scope_version: Option<i32>,
    /// The earlier scope that the proposal answers and is accepted for, where the project changed since.
    unconfirmed: Option<i32>,
}

/// What became of it.
enum Outcome {
    Made(bool, Option<Box<ContractDocument>>),
    /// Why not, and how the project was decided.
    Refused(AwardRefused, Option<Decision>, DateTime<Utc>),
}

/// Accepts a proposal at the version that was read: the project is assigned, every other proposal ends as not selected,
/// one contract is made (201). Accepting what is already accepted answers its contract (200). Whoever comes second
/// is told who was first (409).
#[utoipa::path(post, path = "/api/v1/proposals/{id}/accept", tag = "proposals", operation_id = "accept_proposal",
    security(("token" = ["decide"])),
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = Accepting,
    responses((status = 201, body = ContractDocument), (status = 200, body = ContractDocument),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json"), Problems))]
pub async fn accept(by: May<Decide>, Id(id): Id<ProposalId>, seen: Seen, sent: Body<Accepting>, database: Database) -> Answer {
    let said = &sent.said;
    let version = seen.needed(said.version)?;
    let read = SeenByPerson { version, scope_version: said.scope_version, unconfirmed: said.unconfirmed };
    let (once, user) = (sent.once("accept_proposal"), by.id());
    match database.change(move |conn| award(conn, user, id, read, once.clone())).await? {
        Outcome::Made(_, None) => Err(PageError::NotFound.into()),
        Outcome::Made(new, Some(contract)) => etag::made(new, &format!("/api/v1/contracts/{}", contract.id), 1, &*contract),
        Outcome::Refused(why, decision, at) => {
            let mut problem = Problem::refused("accept_proposal", &why, seen.is_conditional());
            if let Some(first) = decision.filter(|_| matches!(why, AwardRefused::ProjectIs(_))) {
                let ago = (at - first.at).num_milliseconds();
                problem = problem.with(
                    "decided",
                    json!({
                        "by": first.by, "by_name": first.by_name, "at": first.at, "milliseconds_ago": ago,
                        "contract": first.contract, "proposal": first.proposal, "freelancer_name": first.freelancer_name,
                    }),
                );
            }
            Err(problem)
        }
    }
}

fn award(
    conn: &mut Connection<'_>,
    user: UserId,
    id: ProposalId,
    read: SeenByPerson,
    once: Option<Request>,
) -> Result<Outcome, Failure<std::convert::Infallible>> {
    conn.asked_once(once);
    match accept_proposal(conn, user, id, read) {
        Ok(accepted) => {
            let contract = contracts::find_for(conn, accepted.contract, user)?;
            Ok(Outcome::Made(accepted.new, contract.map(|contract| Box::new(contract.into()))))
        }
        Err(Failure::Refused(why @ AwardRefused::ProjectIs(_))) => {
            let decision = match proposals::project_of(conn, id)? {
                Some(project) => projects::decision(conn, project)?,
                None => None,
            };
            Ok(Outcome::Refused(why, decision, crate::db::clock(conn)?))
        }
        Err(Failure::Refused(why)) => Ok(Outcome::Refused(why, None, crate::db::clock(conn)?)),
        Err(Failure::Broken(fault)) => Err(fault.into()),
    }
}
