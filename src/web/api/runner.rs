//! An organisation's own runners: they take its jobs, say that they still work and how far they have come, and leave them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Body;
use super::etag::{self, Seen};
use super::may::{May, Runner};
use super::problem::{Answer, Problem, Problems};
use crate::db::jobs::Claimed;
use crate::db::{Connection, Database, Failure, jobs};
use crate::domain::ids::{JobId, OrganisationId};
use crate::domain::job::{Claim, Ending, JobRefused, LEASE_SECONDS, Task};
use crate::operations::jobs::{end_job, report_progress};
use crate::operations::runners::{beat_job, take_job};
use crate::web::context::Id;
use crate::web::error::PageError;

/// Who takes a job.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({ "runner": "builder-1" }))]
pub struct Taking {
    /// As it calls itself; at most 100 characters.
    #[schema(required)]
    runner: String,
}

/// A job that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taken {
    /// Its number.
    #[schema(value_type = i64)]
    job: JobId,
    /// What there is to do.
    name: String,
    /// With what.
    arguments: Value,
    /// What proves that it is yours: to be sent with every report. Another gets another one.
    token: String,
    /// Rises with every change but a heartbeat.
    version: i32,
    /// The how-manieth attempt this is.
    attempt: i32,
    /// Say within so many seconds that you still work, or another gets it.
    lease_seconds: i32,
}

/// A report on a job that was taken.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({ "token": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "version": 2, "progress": 10, "step": "Begun",
    "result": { "built": true }, "error": "The disk is full." }))]
pub struct Told {
    /// What the job was taken with.
    #[schema(required)]
    token: String,
    /// The version that was known.
    version: i32,
    /// 0 to 100.
    progress: i16,
    /// With what it is busy; at most 200 characters.
    step: String,
    /// What came of it.
    result: Value,
    /// Why it came to nothing.
    error: String,
}

/// The job after a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct Held {
    /// `QUEUED`, `RUNNING`, `COMPLETED`, `FAILED` or `CANCELLED`.
    status: String,
    /// The version that it has now.
    version: i32,
    /// Whether somebody asked that it stops: leave it by `cancel`.
    stop: bool,
}

/// Takes the next of the organisation's jobs: 204 where none waits.
#[utoipa::path(post, path = "/api/v1/runner/claim", tag = "runners", operation_id = "runner_claim", security(("token" = ["runner"])),
    request_body = Taking, responses((status = 200, body = Taken), (status = 204), Problems))]
pub async fn claim(by: May<Runner>, sent: Body<Taking>, database: Database) -> Answer {
    let organisation = by.caller.organisation.ok_or(PageError::NotFound)?;
    let runner = sent.said.runner.trim().to_owned();
    if !(1..=100).contains(&runner.chars().count()) || runner.chars().any(char::is_control) {
        return Err(Problem::field("runner", "Name the runner with 1 to 100 characters"));
    }
    match database.change(move |conn| take_job(conn, organisation, &runner)).await? {
        None => Ok(HttpResponse::NoContent().finish()),
        Some(taken) => etag::document(StatusCode::OK, taken.version, &Taken::from(taken), &Seen::default()),
    }
}

impl From<Claimed> for Taken {
    fn from(taken: Claimed) -> Self {
        let (name, arguments) = match Task::read(&taken.kind, &taken.arguments) {
            Some(Task::External { name, arguments }) => (name, arguments),
            _ => (taken.kind, taken.arguments),
        };
        Self {
            job: taken.claim.job,
            name,
            arguments,
            token: taken.claim.token.to_string(),
            version: taken.version,
            attempt: taken.attempt,
            lease_seconds: LEASE_SECONDS,
        }
    }
}

/// What is reported, by whom, on which job.
struct Report {
    organisation: OrganisationId,
    claim: Claim,
    said: Told,
}

impl Report {
    fn of(by: &May<Runner>, id: JobId, said: Told) -> Result<Self, Problem> {
        let organisation = by.caller.organisation.ok_or(PageError::NotFound)?;
        let token =
            Uuid::parse_str(said.token.trim()).map_err(|_| Problem::field("token", "Send the token that the job was taken with"))?;
        Ok(Self { organisation, claim: Claim { job: id, token }, said })
    }

    /// Another organisation's job is not there, whoever has its token.
    async fn tell(
        self,
        database: &Database,
        act: &'static str,
        tell: impl Fn(&mut Connection<'_>, &Claim, &Told) -> Result<(), Failure<JobRefused>> + Send + Sync + 'static,
    ) -> Answer {
        let expected = self.said.version;
        let done = database.change(move |conn| {
            let job = jobs::find(conn, self.claim.job)?.filter(|job| job.organisation == Some(self.organisation));
            job.ok_or(Failure::Refused(JobRefused::Missing))?;
            tell(conn, &self.claim, &self.said)?;
            let job = jobs::find(conn, self.claim.job)?.ok_or(Failure::Refused(JobRefused::Missing))?;
            Ok(Held { status: job.status.to_string(), version: job.version, stop: job.is_asked_to_stop })
        });
        match PageError::unless_refused(done.await)? {
            Ok(held) => etag::document(StatusCode::OK, held.version, &held, &Seen::default()),
            Err(why) => Err(refused(act, &why, expected)),
        }
    }
}

/// Who comes too late is told both versions.
fn refused(act: &str, why: &JobRefused, expected: i32) -> Problem {
    let problem = Problem::refused(act, why, false);
    match why {
        JobRefused::JobIs { status, version } => problem.with("expected", expected).with("found", *version).with("job_is", status.as_str()),
        JobRefused::ClaimLost { version } => problem.with("expected", expected).with("found", *version),
        JobRefused::ConcurrentUpdate { expected, found } => problem.with("expected", *expected).with("found", *found),
        _ => problem,
    }
}

/// Says that the job is still worked on.
#[utoipa::path(post, path = "/api/v1/runner/jobs/{id}/heartbeat", tag = "runners", operation_id = "runner_heartbeat",
    security(("token" = ["runner"])), params(("id" = i64, Path)), request_body = Told, responses((status = 200, body = Held), Problems))]
pub async fn heartbeat(by: May<Runner>, Id(id): Id<JobId>, sent: Body<Told>, database: Database) -> Answer {
    Report::of(&by, id, sent.said)?.tell(&database, "beat_job", |conn, claim, _| beat_job(conn, claim).map(drop)).await
}

/// Says how far the job has come. It never goes back.
#[utoipa::path(post, path = "/api/v1/runner/jobs/{id}/progress", tag = "runners", operation_id = "runner_progress",
    security(("token" = ["runner"])), params(("id" = i64, Path)), request_body = Told, responses((status = 200, body = Held), Problems))]
pub async fn progress(by: May<Runner>, Id(id): Id<JobId>, sent: Body<Told>, database: Database) -> Answer {
    if sent.said.step.chars().count() > 200 || sent.said.step.contains('\0') {
        return Err(Problem::field("step", "Use at most 200 characters"));
    }
    let report = Report::of(&by, id, sent.said)?;
    let tell = |conn: &mut Connection<'_>, claim: &Claim, said: &Told| {
        report_progress(conn, claim, said.version, said.progress, &said.step).map(drop)
    };
    report.tell(&database, "report_progress", tell).await
}

/// The job is done, with this result. The first stays: whoever comes later is told what they expected and what they found.
#[utoipa::path(post, path = "/api/v1/runner/jobs/{id}/complete", tag = "runners", operation_id = "runner_complete",
    security(("token" = ["runner"])), params(("id" = i64, Path)), request_body = Told, responses((status = 200, body = Held), Problems))]
pub async fn complete(by: May<Runner>, Id(id): Id<JobId>, sent: Body<Told>, database: Database) -> Answer {
    if sent.said.result.to_string().contains("\\u0000") {
        return Err(Problem::field("result", "Send no NUL characters"));
    }
    let report = Report::of(&by, id, sent.said)?;
    report.tell(&database, "end_job", |conn, claim, said| leave(conn, claim, said, &Ending::Completed(said.result.clone()))).await
}

/// This attempt came to nothing; the job is tried again as often as its kind is.
#[utoipa::path(post, path = "/api/v1/runner/jobs/{id}/fail", tag = "runners", operation_id = "runner_fail",
    security(("token" = ["runner"])), params(("id" = i64, Path)), request_body = Told, responses((status = 200, body = Held), Problems))]
pub async fn fail(by: May<Runner>, Id(id): Id<JobId>, sent: Body<Told>, database: Database) -> Answer {
    let report = Report::of(&by, id, sent.said)?;
    let tell = |conn: &mut Connection<'_>, claim: &Claim, said: &Told| {
        leave(conn, claim, said, &Ending::Failed(said.error.replace('\0', " ").trim().to_owned()))
    };
    report.tell(&database, "end_job", tell).await
}

/// The job was asked to stop, and has.
#[utoipa::path(post, path = "/api/v1/runner/jobs/{id}/cancel", tag = "runners", operation_id = "runner_cancel",
    security(("token" = ["runner"])), params(("id" = i64, Path)), request_body = Told, responses((status = 200, body = Held), Problems))]
pub async fn cancel(by: May<Runner>, Id(id): Id<JobId>, sent: Body<Told>, database: Database) -> Answer {
    Report::of(&by, id, sent.said)?.tell(&database, "end_job", |conn, claim, said| leave(conn, claim, said, &Ending::Stopped)).await
}

fn leave(conn: &mut Connection<'_>, claim: &Claim, said: &Told, ending: &Ending) -> Result<(), Failure<JobRefused>> {
    end_job(conn, claim, said.version, ending).map(drop)
}
