//! An organisation's jobs, as its members' programs ask for them and look after them.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::body::Body;
use super::etag::{self, Seen};
use super::listing::{After, Listing};
use super::may::{Jobs, May, Read};
use super::problem::{Answer, Problem, Problems};
use super::proposals::withdraw::Nothing;
use crate::db::jobs::Shown;
use crate::db::{Connection, Database, Failure, PgConnection, QueryResult, jobs};
use crate::domain::ids::{JobId, OrganisationId, UserId};
use crate::domain::job::{Enqueued, ExternalJob, JobRefused};
use crate::operations::jobs::{ask_external_job, cancel_job, run_again};
use crate::web::context::Id;
use crate::web::error::PageError;

/// A job for an organisation's own runners.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({ "name": "build.images", "arguments": { "branch": "main" }, "key": "build-4711" }))]
pub struct NewExternal {
    /// What there is to do, as the runners know it: 1 to 64 characters out of a-z 0-9 - _ .
    #[schema(required)]
    name: String,
    /// With what; an object of at most 16 KB.
    arguments: Value,
    /// The same work has the same key: asked for twice, it stands once. At most 100 characters.
    #[schema(required)]
    key: String,
}

/// A job.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Job)]
pub struct JobDocument {
    /// Its number.
    #[schema(value_type = i64)]
    id: JobId,
    /// Whose it is.
    #[schema(value_type = Option<i64>)]
    organisation: Option<OrganisationId>,
    /// What there is to do.
    kind: String,
    /// With what.
    arguments: Value,
    /// `QUEUED`, `RUNNING`, `COMPLETED`, `FAILED` or `CANCELLED`.
    status: String,
    /// Rises with every change but a heartbeat.
    version: i32,
    /// Attempts so far.
    attempts: i32,
    /// 0 to 100.
    progress: i16,
    /// With what it is busy.
    step: String,
    /// Of a completed one.
    result: Option<Value>,
    /// Why the last attempt that failed did.
    error: Option<String>,
    /// The one that it does once more.
    #[schema(value_type = Option<i64>)]
    retry_of: Option<JobId>,
    /// When it was asked for.
    created_at: DateTime<Utc>,
    /// When it ended.
    ended_at: Option<DateTime<Utc>>,
}

impl From<Shown> for JobDocument {
    fn from(job: Shown) -> Self {
        Self {
            id: job.id,
            organisation: job.organisation,
            kind: job.kind,
            arguments: job.arguments,
            status: job.status.to_string(),
            version: job.version,
            attempts: job.attempts,
            progress: job.progress,
            step: job.step,
            result: job.result,
            error: job.error,
            retry_of: job.retry_of,
            created_at: job.created_at,
            ended_at: job.ended_at,
        }
    }
}

/// A job as somebody may see it; nothing where it is not theirs.
fn read(conn: &mut PgConnection, id: JobId, reader: UserId) -> QueryResult<Option<JobDocument>> {
    let Some(who) = jobs::standing(conn, id, reader)? else { return Ok(None) };
    let Some(job) = jobs::find(conn, id)? else { return Ok(None) };
    if !job.is_seen_by(&who) {
        return Ok(None);
    }
    Ok(jobs::shown(conn, id)?.map(JobDocument::from))
}

fn answer(done: Result<Option<JobDocument>, Failure<JobRefused>>, act: &str) -> Answer {
    match PageError::unless_refused(done)? {
        Ok(Some(job)) => etag::document(StatusCode::OK, job.version, &job, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused(act, &why, false)),
    }
}

/// Asks for a job that the organisation's own runners do: 201 new, 200 where it stood under this key already.
#[utoipa::path(post, path = "/api/v1/organisations/{id}/jobs", tag = "jobs", operation_id = "start_job", security(("token" = ["jobs"])),
    params(("id" = i64, Path)), request_body = NewExternal,
    responses((status = 201, body = JobDocument), (status = 200, body = JobDocument), Problems))]
pub async fn start(by: May<Jobs>, Id(id): Id<OrganisationId>, sent: Body<NewExternal>, database: Database) -> Answer {
    let new = ExternalJob::parse(&sent.said.name, sent.said.arguments, &sent.said.key)?;
    let user = by.id();
    let done = database.change(move |conn| {
        let asked = ask_external_job(conn, user, id, &new)?;
        Ok((matches!(asked, Enqueued::New(_)), read(conn, asked.id(), user)?))
    });
    match PageError::unless_refused(done.await)? {
        Ok((new, Some(job))) => etag::made(new, &format!("/api/v1/jobs/{}", job.id), job.version, &job),
        Ok((_, None)) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("ask_external_job", &why, false)),
    }
}

/// An organisation's jobs, newest first, for its members.
#[utoipa::path(get, path = "/api/v1/organisations/{id}/jobs", tag = "jobs", operation_id = "list_jobs", security(("token" = ["read"])),
    params(("id" = i64, Path), After), responses((status = 200, body = Listing<JobDocument>), Problems))]
pub async fn list(by: May<Read>, Id(id): Id<OrganisationId>, asked: Query<After>, database: Database) -> Answer {
    by.person().role_in(id).ok_or(PageError::NotFound)?;
    let after = asked.after.map(JobId);
    let (rows, more) = database.run(move |conn| Ok(jobs::of_organisation(conn, id, after)?)).await?;
    let next = rows.last().filter(|_| more).map(|last| last.id.0);
    let items = rows.into_iter().map(JobDocument::from).collect();
    Listing { items, next }.answer(&format!("/api/v1/organisations/{id}/jobs"))
}

/// One job, for whoever asked for it, the members of the organisation whose it is, and admins.
#[utoipa::path(get, path = "/api/v1/jobs/{id}", tag = "jobs", operation_id = "show_job", security(("token" = ["read"])),
    params(("id" = i64, Path)), responses((status = 200, body = JobDocument), Problems))]
pub async fn show(by: May<Read>, Id(id): Id<JobId>, database: Database) -> Answer {
    let user = by.id();
    answer(database.run(move |conn| Ok(read(conn, id, user)?)).await, "show_job")
}

/// Calls a job off: at once where it waits; where it runs, its worker is asked to stop.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/cancel", tag = "jobs", operation_id = "cancel_job", security(("token" = ["jobs"])),
    params(("id" = i64, Path)), request_body = Nothing, responses((status = 200, body = JobDocument), Problems))]
pub async fn cancel(by: May<Jobs>, Id(id): Id<JobId>, _sent: Body<Nothing>, database: Database) -> Answer {
    let user = by.id();
    let done = database.change(move |conn: &mut Connection<'_>| {
        cancel_job(conn, user, id)?;
        Ok(read(conn, id, user)?)
    });
    answer(done.await, "cancel_job")
}

/// Makes a new job of one that has ended. Asked for twice, it is made once.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/again", tag = "jobs", operation_id = "run_job_again", security(("token" = ["jobs"])),
    params(("id" = i64, Path)), request_body = Nothing, responses((status = 200, body = JobDocument), Problems))]
pub async fn again(by: May<Jobs>, Id(id): Id<JobId>, _sent: Body<Nothing>, database: Database) -> Answer {
    let user = by.id();
    let done = database.change(move |conn: &mut Connection<'_>| {
        let made = run_again(conn, user, id)?;
        Ok(read(conn, made.id(), user)?)
    });
    answer(done.await, "run_again")
}
