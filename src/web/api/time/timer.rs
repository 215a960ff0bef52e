//! The timer.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::done;
use super::shape::WorkLogDocument;
use crate::db::Database;
use crate::domain::ids::ContractId;
use crate::domain::words::WorkNote;
use crate::operations::time::{start_timer, stop_timer};
use crate::web::api::body::Body;
use crate::web::api::may::{May, Time};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::context::Id;

/// On what is worked.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({ "note": "Shelves" }))]
pub struct Noted {
    /// At most 300 characters; without it a running timer keeps the one it has.
    note: Option<String>,
}

impl Noted {
    fn parse(&self) -> Result<Option<WorkNote>, Problem> {
        let parsed = self.note.as_deref().map(WorkNote::parse).transpose();
        parsed.map_err(|error| Problem::field("note", &error.to_string()))
    }
}

/// Starts the caller's timer on a contract at this minute. One runs at a time, on whichever contract: 409.
#[utoipa::path(post, path = "/api/v1/contracts/{id}/timer/start", tag = "time", operation_id = "start_timer", security(("token" = ["time"])),
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = Noted,
    responses((status = 201, body = WorkLogDocument), Problems))]
pub async fn start(by: May<Time>, Id(id): Id<ContractId>, sent: Body<Noted>, database: Database) -> Answer {
    let (user, once) = (by.id(), sent.once("start_timer"));
    let note = match sent.said.parse()? {
        Some(note) => note,
        None => WorkNote::parse("").map_err(|error| Problem::field("note", &error.to_string()))?,
    };
    done(database, user, ("start_timer", once), false, true, move |conn| start_timer(conn, user, id, &note)).await
}

/// Stops the caller's timer on a contract at this minute. One that ran for less than a minute leaves nothing: its session
/// is answered as deleted.
#[utoipa::path(post, path = "/api/v1/contracts/{id}/timer/stop", tag = "time", operation_id = "stop_timer", security(("token" = ["time"])),
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = Noted,
    responses((status = 200, body = WorkLogDocument), Problems))]
pub async fn stop(by: May<Time>, Id(id): Id<ContractId>, sent: Body<Noted>, database: Database) -> Answer {
    let (user, once, note) = (by.id(), sent.once("stop_timer"), sent.said.parse()?);
    done(database, user, ("stop_timer", once), false, false, move |conn| {
        stop_timer(conn, user, id, None, note.as_ref()).map(|stopped| stopped.log)
    })
    .await
}
