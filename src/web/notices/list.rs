//! A person's notices by day, newest first.

use actix_web::web::Query;
use askama::Template;

use super::words::{self, Said};
use crate::db::{Database, notices};
use crate::domain::ids::NoticeId;
use crate::domain::notice::ShownUpTo;
use crate::web::context::SignedIn;
use crate::web::respond::{self, Answer};
use crate::web::shell::{self, Shell};
use crate::web::shown::{self, Moment};

/// What the address says, as it was typed.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "notices/list.html")]
struct Page {
    shell: Shell,
    days: Vec<Day>,
    /// Where this page begins; empty on the first.
    after: String,
    next: String,
    shown: Option<ShownUpTo>,
    unread: usize,
    is_member: bool,
    is_freelancer: bool,
}

/// One day in the reader's zone.
struct Day {
    date: String,
    entries: Vec<Entry>,
}

/// One notice as it is read.
struct Entry {
    id: NoticeId,
    unread: bool,
    at: Moment,
    reference: String,
    said: Said,
}

/// Shows the list.
pub async fn page(signed_in: SignedIn, database: Database, asked: Result<Query<Asked>, actix_web::Error>) -> Answer {
    let after: Option<NoticeId> = asked.ok().and_then(|asked| asked.after.parse().ok());
    let (user, person) = (signed_in.id(), &signed_in.person);
    let (unread, is_member, is_freelancer) = (person.unread, !person.memberships.is_empty(), person.is_freelancer);
    let found = database.run(move |conn| Ok(notices::page(conn, user, after)?)).await?;
    let shell = signed_in.shell();
    let mut days: Vec<Day> = Vec::new();
    for row in &found.rows {
        let date = shown::date(&shell.clock, row.at);
        if days.last().is_none_or(|day| day.date != date) {
            days.push(Day { date, entries: Vec::new() });
        }
        let entry = Entry {
            id: row.id,
            unread: row.unread,
            at: shown::hour(&shell.clock, row.at),
            reference: row.project.map(|id| id.reference()).unwrap_or_default(),
            said: words::said(row),
        };
        if let Some(day) = days.last_mut() {
            day.entries.push(entry);
        }
    }
    let next = found.rows.last().filter(|_| found.more).map(|last| format!("/notices?after={}", last.id)).unwrap_or_default();
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    respond::page(&Page { shell, days, after, next, shown: found.shown, unread, is_member, is_freelancer })
}

impl Page {
    fn first(&self) -> &'static str {
        if self.after.is_empty() { "" } else { "/notices" }
    }

    fn counted(&self) -> String {
        if self.unread == 0 { "All read".to_owned() } else { shell::count_in_words(self.unread) }
    }
}
