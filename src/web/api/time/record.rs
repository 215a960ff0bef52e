//! Writing time down.

use super::done;
use super::shape::{WorkLogDocument, WorkSaid};
use crate::db::Database;
use crate::domain::ids::ContractId;
use crate::operations::time::record_work;
use crate::web::api::body::Body;
use crate::web::api::may::{May, Time};
use crate::web::api::problem::{Answer, Problems};
use crate::web::context::Id;

/// Writes a session of the caller's down. No minute is taken twice, on whichever contracts: 409, with `in_the_way`. With an
/// `Idempotency-Key` the same request again is answered with the same session.
#[utoipa::path(post, path = "/api/v1/contracts/{id}/work-logs", tag = "time", operation_id = "record_work", security(("token" = ["time"])),
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = WorkSaid,
    responses((status = 201, body = WorkLogDocument), Problems))]
pub async fn record(by: May<Time>, Id(id): Id<ContractId>, sent: Body<WorkSaid>, database: Database) -> Answer {
    let (entry, user, once) = (sent.said.parse()?, by.id(), sent.once("record_work"));
    done(database, user, ("record_work", once), false, true, move |conn| record_work(conn, user, id, &entry)).await
}
