//! A freelancer's own time, as their programs write it down: by the same operations as the pages, under the same locks.

pub mod change;
pub mod list;
pub mod record;
pub mod shape;
pub mod timer;

use super::etag::{self, Seen};
use super::problem::{Answer, Problem};
use crate::db::{Connection, Database, Failure, PgConnection, QueryResult, contracts, work_logs};
use crate::domain::ids::{UserId, WorkLogId};
use crate::domain::request::Request;
use crate::domain::work::LogRefused;
use crate::web::error::PageError;
use actix_web::http::StatusCode;
use serde_json::json;
use shape::WorkLogDocument;

/// A session as this person may read it: both sides of its contract do.
fn read(conn: &mut PgConnection, id: WorkLogId, user: UserId) -> QueryResult<Option<WorkLogDocument>> {
    let Some(log) = work_logs::find(conn, id)? else { return Ok(None) };
    Ok(contracts::find_for(conn, log.contract_id, user)?.map(|_| log.into()))
}

/// Does something to a freelancer's time, once for each key, and answers with the session that it came to: the one that is
/// known already, or the one that was made.
async fn done(
    database: Database,
    user: UserId,
    (act, once): (&'static str, Option<Request>),
    is_conditional: bool,
    made: bool,
    work: impl Fn(&mut Connection<'_>) -> Result<WorkLogId, Failure<LogRefused>> + Send + Sync + 'static,
) -> Answer {
    let outcome = database.change(move |conn| {
        conn.asked_once(once.clone());
        let id = work(conn)?;
        Ok(read(conn, id, user)?)
    });
    match PageError::unless_refused(outcome.await)? {
        Ok(Some(log)) if made => etag::made(true, &format!("/api/v1/work-logs/{}", log.id), log.version, &log),
        Ok(Some(log)) => etag::document(StatusCode::OK, log.version, &log, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(refused(act, &why, is_conditional)),
    }
}

/// Why not; and, where other work lies there, which.
fn refused(act: &str, why: &LogRefused, is_conditional: bool) -> Problem {
    let problem = Problem::refused(act, why, is_conditional);
    match why {
        LogRefused::Overlaps(near) => problem
            .with("in_the_way", json!({ "work_log": near.id, "contract": near.contract, "started_at": near.from, "ended_at": near.to })),
        LogRefused::OverLimit { limit, left, .. } => problem.with("limit_minutes", limit.0).with("left_minutes", left.0),
        _ => problem,
    }
}
