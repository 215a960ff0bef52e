//! One job: how far it has come, what it answered, and all that was reported of it.

use askama::Template;

use super::words::{label, tag, told};
use crate::db::jobs::{Reported, Shown};
use crate::db::{Database, jobs};
use crate::domain::ids::JobId;
use crate::domain::job::JobStatus;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "jobs/show.html")]
struct Page {
    shell: Shell,
    job: Shown,
    reports: Vec<Line>,
    may_steer: bool,
    is_admin: bool,
}

struct Line {
    at: Moment,
    words: String,
    version: i32,
    is_key: bool,
}

/// Shows it to whoever it belongs to, and to admins.
pub async fn page(by: SignedIn, id: Id<JobId>, database: Database) -> Answer {
    let (user, id) = (by.id(), id.0);
    let found = database.run(move |conn| {
        let Some((job, who)) = jobs::find(conn, id)?.zip(jobs::standing(conn, id, user)?) else { return Ok(None) };
        if !job.is_seen_by(&who) {
            return Ok(None);
        }
        let (shown, reports) = (jobs::shown(conn, id)?, jobs::reports(conn, id)?);
        Ok(shown.map(|shown| (shown, reports, job.is_steered_by(&who).is_ok(), who.is_admin)))
    });
    let (job, reports, may_steer, is_admin) = found.await?.ok_or(PageError::NotFound)?;
    let shell = by.shell();
    let reports = reports.iter().map(|report| Line::of(&shell, report)).collect();
    respond::page(&Page { shell, job, reports, may_steer, is_admin })
}

impl Line {
    fn of(shell: &Shell, report: &Reported) -> Self {
        let is_key = !matches!(report.kind.as_str(), "PROGRESS" | "CONFLICT");
        Self { at: shown::exact(&shell.clock, report.at), words: told(report), version: report.version, is_key }
    }
}

impl Page {
    fn title(&self) -> &str {
        label(&self.job.kind)
    }

    fn tag(&self) -> &'static str {
        tag(self.job.status)
    }

    fn is_over(&self) -> bool {
        self.job.status.is_final()
    }

    /// How it stands, as a sentence.
    fn says(&self) -> String {
        let time = |at| shown::exact(&self.shell.clock, at).words;
        let took = super::took(&self.job).unwrap_or_default();
        match self.job.status {
            JobStatus::Queued if self.job.run_at > self.job.now => format!("It begins at {}.", time(self.job.run_at)),
            JobStatus::Queued => "It begins as soon as a worker is free.".to_owned(),
            JobStatus::Running if self.job.stop_asked_at.is_some() => "It was asked to stop, and will as soon as it can.".to_owned(),
            JobStatus::Running => format!("It has run for {took}. You can leave this page: it goes on by itself."),
            JobStatus::Completed => format!("It took {took}."),
            JobStatus::Failed => "It was given up after its last attempt. Nothing more happens by itself.".to_owned(),
            JobStatus::Cancelled => "It was called off.".to_owned(),
        }
    }

    /// Where its result is, if it says so: an address of this site.
    fn way_on(&self) -> Option<(&str, &str)> {
        let result = self.job.result.as_ref()?;
        let href = result.get("href")?.as_str().filter(|href| href.starts_with('/') && !href.starts_with("//"))?;
        Some((href, result.get("label").and_then(|label| label.as_str()).unwrap_or("See the result")))
    }

    fn created(&self) -> Moment {
        shown::exact(&self.shell.clock, self.job.created_at)
    }

    fn arguments(&self) -> String {
        serde_json::to_string_pretty(&self.job.arguments).unwrap_or_default()
    }

    fn result(&self) -> String {
        self.job.result.as_ref().and_then(|result| serde_json::to_string_pretty(result).ok()).unwrap_or_default()
    }
}
