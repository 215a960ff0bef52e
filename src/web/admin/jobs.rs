//! The house's background work: what waits, runs and failed, and how fast it goes.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::chart::{Bar, bars};
use crate::db::jobs::{Hour, Kind, Shown};
use crate::db::{Database, Portion, jobs};
use crate::domain::ids::JobId;
use crate::domain::job::JobStatus;
use crate::web::context::Admin;
use crate::web::jobs::{label, tag};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// Which jobs are listed, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    status: String,
    after: String,
}

#[derive(Template)]
#[template(path = "admin/jobs.html")]
struct Page {
    shell: Shell,
    kinds: Vec<Kind>,
    hours: Vec<Hour>,
    conflicts: i64,
    jobs: Vec<Shown>,
    status: Option<JobStatus>,
    later: bool,
    next: String,
}

/// Shows it.
pub async fn page(by: Admin, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    let (status, after) = (JobStatus::parse(&asked.status), asked.after.parse::<JobId>().ok());
    let found = database.run(move |conn| {
        Ok((jobs::kinds(conn)?, jobs::hours(conn)?, jobs::conflicts(conn)?, jobs::list(conn, status, after, Portion::Page)?))
    });
    let (kinds, hours, conflicts, (jobs, more)) = found.await?;
    let chosen = status.map(|status| format!("status={status}&")).unwrap_or_default();
    let next = jobs.last().filter(|_| more).map(|last| format!("/admin/jobs?{chosen}after={}", last.id)).unwrap_or_default();
    respond::page(&Page { shell: by.shell(), kinds, hours, conflicts, jobs, status, later: after.is_some(), next })
}

impl Page {
    fn sum(&self, of: fn(&Kind) -> i64) -> i64 {
        self.kinds.iter().map(of).sum()
    }

    fn waiting(&self) -> i64 {
        self.sum(|kind| kind.waiting)
    }

    fn running(&self) -> i64 {
        self.sum(|kind| kind.running)
    }

    fn failed(&self) -> i64 {
        self.sum(|kind| kind.failed)
    }

    fn completed(&self) -> i64 {
        self.hours.iter().map(|hour| hour.completed).sum()
    }

    fn age(&self, kind: &Kind) -> String {
        kind.oldest.map_or_else(|| "none is due".to_owned(), |oldest| shown::span(kind.now - oldest))
    }

    fn hour(&self, at: &Hour) -> String {
        shown::hour(&self.shell.clock, at.begins).words
    }

    fn name(&self, at: &Hour, place: &usize) -> String {
        if place.is_multiple_of(6) { self.hour(at).chars().take(5).collect() } else { String::new() }
    }

    fn done(&self) -> Vec<Bar> {
        bars(self.hours.iter().map(|hour| (hour.completed, hour.failed)))
    }

    fn waits(&self) -> Vec<Bar> {
        bars(self.hours.iter().map(|hour| (hour.median, (hour.p99 - hour.median).max(0))))
    }

    fn most(&self) -> i64 {
        self.hours.iter().map(|hour| hour.completed + hour.failed).max().unwrap_or_default()
    }

    fn longest(&self) -> String {
        milliseconds(self.hours.iter().map(|hour| hour.p99).max().unwrap_or_default())
    }

    fn wait(&self, millis: &i64) -> String {
        milliseconds(*millis)
    }

    fn at(&self, job: &Shown) -> Moment {
        shown::exact(&self.shell.clock, job.ended_at.or(job.started_at).unwrap_or(job.created_at))
    }

    fn label<'j>(&self, kind: &'j str) -> &'j str {
        label(kind)
    }

    fn tag(&self, job: &Shown) -> &'static str {
        tag(job.status)
    }

    /// The filters: address, words, whether it is in force.
    fn tabs(&self) -> Vec<(String, &'static str, bool)> {
        let all = ("/admin/jobs#list".to_owned(), "All", self.status.is_none());
        let each = JobStatus::ALL.iter().map(|one| (format!("/admin/jobs?status={one}#list"), one.label(), self.status == Some(*one)));
        std::iter::once(all).chain(each).collect()
    }

    /// The filter, for the first page and the list's files.
    fn query(&self) -> String {
        self.status.map(|status| format!("?status={status}")).unwrap_or_default()
    }

    fn first(&self) -> String {
        if self.later { format!("/admin/jobs{}", self.query()) } else { String::new() }
    }
}

/// `340 ms`, `12.4 s`.
pub(super) fn milliseconds(millis: i64) -> String {
    if millis < 1000 { format!("{millis} ms") } else { format!("{}.{} s", millis / 1000, millis % 1000 / 100) }
}
