//! What people told the house about messages, newest first.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::db::messages::Reported;
use crate::db::{Database, Portion, messages};
use crate::domain::ids::ReportId;
use crate::web::context::Admin;
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// Behind which report the page begins, as it was typed.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "admin/reports.html")]
struct Page {
    shell: Shell,
    reports: Vec<Reported>,
    /// Whether this is not the first page.
    later: bool,
    next: String,
}

/// Shows them.
pub async fn page(by: Admin, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let after: Option<ReportId> = asked.and_then(|asked| asked.after.parse().ok());
    let (reports, more) = database.run(move |conn| Ok(messages::reports(conn, after, Portion::Page)?)).await?;
    let next = reports.last().filter(|_| more).map(|last| format!("/admin/reports?after={}", last.id)).unwrap_or_default();
    respond::page(&Page { shell: by.shell(), reports, later: after.is_some(), next })
}

impl Page {
    fn html(&self, report: &Reported) -> SafeHtml {
        markdown::render(&report.words)
    }

    fn at(&self, report: &Reported) -> Moment {
        shown::time(&self.shell.clock, report.at)
    }

    fn sent(&self, report: &Reported) -> Moment {
        shown::time(&self.shell.clock, report.sent_at)
    }

    fn first(&self) -> &'static str {
        if self.later { "/admin/reports" } else { "" }
    }
}
