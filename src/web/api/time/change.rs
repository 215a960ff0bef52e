//! Changing, deleting and restoring what was written down.

use super::done;
use super::shape::{WorkLogDocument, WorkSaid};
use crate::db::Database;
use crate::domain::ids::WorkLogId;
use crate::operations::time::{Edit, delete_work, edit_work, restore_work};
use crate::web::api::body::Body;
use crate::web::api::etag::Seen;
use crate::web::api::may::{May, Time};
use crate::web::api::problem::{Answer, ProblemDocument, Problems};
use crate::web::api::proposals::withdraw::Nothing;
use crate::web::context::Id;

/// Gives a session of the caller's other times or another note, judged as a new one is. The version that was read goes
/// into `If-Match`.
#[utoipa::path(put, path = "/api/v1/work-logs/{id}", tag = "time", operation_id = "edit_work", security(("token" = ["time"])),
    params(("id" = i64, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)), request_body = WorkSaid,
    responses((status = 200, body = WorkLogDocument),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json"), Problems))]
pub async fn edit(by: May<Time>, Id(id): Id<WorkLogId>, seen: Seen, sent: Body<WorkSaid>, database: Database) -> Answer {
    if !seen.is_conditional() {
        seen.needed(None)?;
    }
    let (entry, user, once) = (sent.said.parse()?, by.id(), sent.once("edit_work"));
    let edit = Edit { from: Some(entry.span.from), to: entry.span.to, note: Some(entry.note), seen: seen.version() };
    done(database, user, ("edit_work", once), true, false, move |conn| edit_work(conn, user, id, &edit).map(|()| id)).await
}

/// Deletes a session of the caller's, or a timer that runs. It bars no other from then on, and can be restored.
#[utoipa::path(post, path = "/api/v1/work-logs/{id}/delete", tag = "time", operation_id = "delete_work", security(("token" = ["time"])),
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = Nothing, responses((status = 200, body = WorkLogDocument), Problems))]
pub async fn delete(by: May<Time>, Id(id): Id<WorkLogId>, seen: Seen, sent: Body<Nothing>, database: Database) -> Answer {
    let (user, once, version, is_conditional) = (by.id(), sent.once("delete_work"), seen.version(), seen.is_conditional());
    done(database, user, ("delete_work", once), is_conditional, false, move |conn| delete_work(conn, user, id, version).map(|()| id)).await
}

/// Restores a deleted session of the caller's, if nothing else lies there by now.
#[utoipa::path(post, path = "/api/v1/work-logs/{id}/restore", tag = "time", operation_id = "restore_work", security(("token" = ["time"])),
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = Nothing,
    responses((status = 200, body = WorkLogDocument), Problems))]
pub async fn restore(by: May<Time>, Id(id): Id<WorkLogId>, sent: Body<Nothing>, database: Database) -> Answer {
    let (user, once) = (by.id(), sent.once("restore_work"));
    done(database, user, ("restore_work", once), false, false, move |conn| restore_work(conn, user, id).map(|()| id)).await
}
