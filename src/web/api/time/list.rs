//! The time worked on a contract, for both its sides.

use actix_web::http::StatusCode;
use actix_web::web::Query;

use super::read;
use super::shape::WorkLogDocument;
use crate::db::{Database, Portion, contracts, work_logs};
use crate::domain::ids::{ContractId, WorkLogId};
use crate::web::api::etag::{self, Seen};
use crate::web::api::listing::{After, Listing};
use crate::web::api::may::{May, Read};
use crate::web::api::problem::{Answer, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// The time worked on a contract by its beginning, without what was deleted. `next` is the second at which the last one
/// began.
#[utoipa::path(get, path = "/api/v1/contracts/{id}/work-logs", tag = "time", operation_id = "list_work", security(("token" = ["read"])),
    params(("id" = i64, Path), After), responses((status = 200, body = Listing<WorkLogDocument>), Problems))]
pub async fn of_contract(by: May<Read>, Id(id): Id<ContractId>, asked: Query<After>, database: Database) -> Answer {
    let (user, after) = (by.id(), asked.after);
    let found = database.run(move |conn| {
        let Some(named) = contracts::find_for(conn, id, user)? else { return Ok(None) };
        Ok(Some(work_logs::of_contract(conn, id, named.contract.freelancer_id, after, Portion::Page)?))
    });
    let (logs, more) = found.await?.ok_or(PageError::NotFound)?;
    let next = logs.last().filter(|_| more).map(|last| last.started_at.timestamp());
    let items: Vec<WorkLogDocument> = logs.into_iter().map(WorkLogDocument::from).collect();
    Listing { items, next }.answer(&format!("/api/v1/contracts/{id}/work-logs"))
}

/// One session.
#[utoipa::path(get, path = "/api/v1/work-logs/{id}", tag = "time", operation_id = "show_work", security(("token" = ["read"])),
    params(("id" = i64, Path)), responses((status = 200, body = WorkLogDocument), Problems))]
pub async fn show(by: May<Read>, Id(id): Id<WorkLogId>, seen: Seen, database: Database) -> Answer {
    let user = by.id();
    let log = database.run(move |conn| Ok(read(conn, id, user)?)).await?.ok_or(PageError::NotFound)?;
    etag::document(StatusCode::OK, log.version, &log, &seen)
}
