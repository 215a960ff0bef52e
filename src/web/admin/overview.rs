//! How the house stands: what needs somebody first, then five figures and how the last days went.

use askama::Template;
use chrono::NaiveDate;

use super::chart::{Bar, bars};
use crate::db::overview::{self, Day, Figures, Need};
use crate::db::{Database, Failure};
use crate::web::context::Admin;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "admin/overview.html")]
struct Page {
    shell: Shell,
    figures: Figures,
    needs: Vec<Need>,
    days: Vec<Day>,
}

/// Shows it.
pub async fn page(by: Admin, database: Database) -> Answer {
    let zone = by.person.time_zone.clone();
    let read = database.run(move |conn| {
        let (figures, needs) = (overview::figures(conn)?, overview::needs(conn)?);
        Ok::<_, Failure<std::convert::Infallible>>((figures, needs, overview::days(conn, &zone)?))
    });
    let (figures, needs, days) = read.await?;
    respond::page(&Page { shell: by.shell(), figures, needs, days })
}

impl Page {
    fn now(&self) -> Moment {
        shown::exact(&self.shell.clock, self.figures.now)
    }

    /// What is needed, and where one sees to it.
    fn need(&self, need: &Need) -> (String, &'static str) {
        let count = |one: &str, many: &str| match need.count {
            1 => format!("1 {one}"),
            count => format!("{count} {many}"),
        };
        match need.what.as_str() {
            "OVERDUE" => (count("ticket is overdue", "tickets are overdue"), "/admin/tickets"),
            "NEW" => (count("ticket is nobody’s yet", "tickets are nobody’s yet"), "/admin/tickets?who=nobody"),
            "JOBS" => (count("background job failed", "background jobs failed"), "/admin/jobs?status=FAILED#list"),
            "LETTERS" => (count("letter could not be delivered", "letters could not be delivered"), "/admin/mails?state=FAILED"),
            "CALLS" => (count("call of a webhook was never taken", "calls of webhooks were never taken"), "/admin/jobs"),
            "ABUSE" => (count("report of abuse is to be settled", "reports of abuse are to be settled"), "/admin/abuse"),
            _ => (count("message was reported", "messages were reported"), "/admin/reports"),
        }
    }

    fn waits(&self, need: &Need) -> String {
        shown::span(self.figures.now - need.since)
    }

    fn proposals(&self) -> Vec<Bar> {
        bars(self.days.iter().map(|day| (day.proposals, 0)))
    }

    fn decided(&self) -> Vec<Bar> {
        bars(self.days.iter().map(|day| (day.published, day.awards)))
    }

    fn sum(&self, of: fn(&Day) -> i64) -> i64 {
        self.days.iter().map(of).sum()
    }

    fn most(&self, of: fn(&Day) -> i64) -> i64 {
        self.days.iter().map(of).max().unwrap_or_default()
    }

    /// What the first drawing shows.
    fn sent(&self) -> String {
        let (all, most) = (self.sum(|day| day.proposals), self.most(|day| day.proposals));
        format!("{all} proposals were sent in 24 days, at most {most} in one.")
    }

    /// What the second one shows.
    fn turned(&self) -> String {
        let (published, awards) = (self.sum(|day| day.published), self.sum(|day| day.awards));
        let most = self.most(|day| day.published + day.awards);
        format!("{published} projects were published in 24 days, and {awards} awarded; at most {most} of both in one.")
    }

    fn day(&self, day: &NaiveDate) -> String {
        shown::day(*day)
    }

    /// Below every sixth bar stands its day.
    fn name(&self, day: &NaiveDate, place: &usize) -> String {
        if place.is_multiple_of(6) { day.format("%-d %b").to_string() } else { String::new() }
    }
}
