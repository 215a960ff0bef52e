//! What people told the house about projects, profiles and reviews, and how it was settled.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::address;
use crate::db::abuse::{self, Told};
use crate::db::{Database, Portion};
use crate::domain::abuse::{AbuseOf, Outcome, SettleRefused};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{AbuseId, ProjectId, ReviewId, UserId};
use crate::domain::words::Reason;
use crate::operations::abuse::settle_report;
use crate::web::context::{Admin, Id};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::conflict;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What the address says, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    which: String,
    after: String,
}

#[derive(Template)]
#[template(path = "admin/abuse.html")]
struct List {
    shell: Shell,
    asked: Asked,
    reports: Vec<Told>,
    next: String,
}

/// Shows those that nobody has settled, or all.
pub async fn page(by: Admin, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    let (open, after) = (asked.is_open(), asked.after.parse::<AbuseId>().ok());
    let (reports, more) = database.run(move |conn| Ok(abuse::list(conn, open, after, Portion::Page)?)).await?;
    let next = reports.last().filter(|_| more).map(|last| asked.address(&asked.which, &last.id.to_string())).unwrap_or_default();
    respond::page(&List { shell: by.shell(), asked, reports, next })
}

impl Asked {
    /// Whether those alone are wanted that nobody has settled.
    pub fn is_open(&self) -> bool {
        self.which != "all"
    }

    fn address(&self, which: &str, after: &str) -> String {
        address("/admin/abuse", &[("which", which), ("after", after)])
    }
}

impl List {
    fn tabs(&self) -> Vec<(String, &'static str, bool)> {
        [("", "To be settled"), ("all", "All")]
            .map(|(which, words)| (self.asked.address(which, ""), words, self.asked.which == which))
            .to_vec()
    }

    fn at(&self, report: &Told) -> Moment {
        shown::time(&self.shell.clock, report.reported_at)
    }

    fn thing(&self, report: &Told) -> String {
        thing(report)
    }

    fn query(&self) -> &'static str {
        if self.asked.is_open() { "" } else { "?which=all" }
    }

    fn first(&self) -> String {
        if self.asked.after.is_empty() { String::new() } else { self.asked.address(&self.asked.which, "") }
    }
}

/// What was reported, by its kind and number.
fn thing(report: &Told) -> String {
    match report.kind {
        AbuseOf::Project => format!("Project {}", ProjectId(report.subject_id).reference()),
        AbuseOf::Profile => format!("Profile of {}", UserId(report.subject_id).reference()),
        AbuseOf::Review => format!("Review {}", ReviewId(report.subject_id).reference()),
    }
}

#[derive(Template)]
#[template(path = "admin/abuse_one.html")]
struct One {
    shell: Shell,
    report: Told,
    errors: FieldErrors,
    typed: String,
}

/// Shows one.
pub async fn one(by: Admin, Id(id): Id<AbuseId>, database: Database) -> Answer {
    shown(by, id, &database, StatusCode::OK, FieldErrors::new(), String::new()).await
}

async fn shown(by: Admin, id: AbuseId, database: &Database, status: StatusCode, errors: FieldErrors, typed: String) -> Answer {
    let report = database.run(move |conn| Ok(abuse::find(conn, id)?)).await?.ok_or(PageError::NotFound)?;
    respond::page_with(status, &One { shell: by.shell(), report, errors, typed })
}

/// Settles one with a word.
pub async fn settle(by: Admin, Id(id): Id<AbuseId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let mut errors = FieldErrors::new();
    let typed = sent.get("word").to_owned();
    let word = errors.take("word", Reason::parse(&typed));
    let outcome = Outcome::parse(sent.get("outcome"));
    if outcome.is_none() {
        errors.add("outcome", "Choose what came of it");
    }
    let (Some(word), Some(outcome)) = (word, outcome) else {
        return shown(by, id, &database, StatusCode::UNPROCESSABLE_ENTITY, errors, typed).await;
    };
    let user = by.id();
    let done = database.change(move |conn| settle_report(conn, user, id, outcome, &word)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/admin/abuse/{id}"), "good", "The report is settled."),
        Err(SettleRefused::Missing) => Err(PageError::NotFound),
        Err(SettleRefused::Settled) => settled(by, id, &database, typed).await,
    }
}

/// Another admin was first: who, when, and what they said.
async fn settled(by: Admin, id: AbuseId, database: &Database, typed: String) -> Answer {
    let report = database.run(move |conn| Ok(abuse::find(conn, id)?)).await?.ok_or(PageError::NotFound)?;
    let shell = by.shell();
    let who = report.settled_by.clone().unwrap_or_else(|| "Somebody".to_owned());
    let outcome = report.outcome.map_or("Settled", Outcome::label).to_lowercase();
    let page = conflict::Page {
        title: format!("{who} settled this report first"),
        undone: "Nothing was changed by you.",
        happened: report.settled_at.map(|at| (format!("{who} settled it as {outcome}"), shown::exact(&shell.clock, at))),
        means: format!("A report is settled once. The word that stands: {}", report.settled_word.unwrap_or_default()),
        kept: vec![("Your word", typed)],
        links: vec![
            (format!("/admin/abuse/{id}"), "Look at the report".to_owned()),
            ("/admin/abuse".to_owned(), "The other reports".to_owned()),
        ],
        shell,
    };
    respond::page_with(StatusCode::CONFLICT, &page)
}

impl One {
    fn at(&self) -> Moment {
        shown::exact(&self.shell.clock, self.report.reported_at)
    }

    fn settled_at(&self) -> Option<Moment> {
        self.report.settled_at.map(|at| shown::exact(&self.shell.clock, at))
    }

    fn title(&self) -> String {
        thing(&self.report)
    }

    /// Where admins see to it.
    fn place(&self) -> Option<String> {
        match self.report.kind {
            AbuseOf::Project => Some(format!("/admin/projects/{}", self.report.subject_id)),
            AbuseOf::Profile => Some(format!("/admin/people/{}", self.report.subject_id)),
            AbuseOf::Review => None,
        }
    }

    fn outcomes(&self) -> &'static [Outcome] {
        Outcome::ALL
    }
}
