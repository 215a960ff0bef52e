//! The home page and the list of open projects: search, filters, order and page stand in the address.

use std::borrow::Cow;

use actix_web::web::{Bytes, Data};
use askama::Template;

use super::asked::Asked;
use super::words;
use crate::db::projects::{self, Filter, Listed, Order};
use crate::db::{Crowd, Database};
use crate::web::context::Visitor;
use crate::web::error::PageError;
use crate::web::markdown;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "projects/list.html")]
struct Page {
    shell: Shell,
    asked: Asked,
    filter: Filter,
    projects: Vec<Listed>,
    next: String,
}

/// Visitors who wait for the same list: it says the same to each of them.
pub type Visitors = Crowd<Result<Bytes, String>>;

/// Shows the list; at `/` with the sentence that says what this place is. Visitors who ask for the same one at the same
/// time share its reading.
pub async fn page(visitor: Visitor, database: Database, visitors: Data<Visitors>, asked: Asked) -> Answer {
    let anybody = visitor.is_anybody();
    let filter = asked.filter(visitor.id());
    let shell = visitor.shell();
    let name = format!("{} {}", shell.path, asked.with("after", asked.get("after")));
    let wanted = filter.clone();
    let page = move |(projects, more): (Vec<Listed>, bool)| {
        let next = match projects.last() {
            Some(last) if more => asked.with("after", &last.id.to_string()),
            _ => String::new(),
        };
        Page { shell, asked, filter, projects, next }
    };
    if anybody {
        let html = visitors.run(&database, name, move |conn| {
            let page = page(projects::open(conn, &wanted)?);
            Ok(page.render().map(Bytes::from).map_err(|error| error.to_string()))
        });
        return html.await?.map(respond::html).map_err(PageError::Broken);
    }
    respond::page(&page(database.run(move |conn| Ok(projects::open(conn, &wanted)?)).await?))
}

impl Page {
    fn is_home(&self) -> bool {
        self.shell.path == "/"
    }

    /// How many there are, where one page holds them all, and in which order they stand.
    fn heading(&self) -> String {
        let order = match self.filter.order {
            Order::Newest => "newest first",
            Order::Closing => "closing soonest first",
            Order::Budget => "highest budget first",
        };
        let all = self.next.is_empty() && self.filter.after.is_none();
        match self.projects.len() {
            1 if all => "1 open project".to_owned(),
            count if all => format!("{count} open projects, {order}"),
            _ => format!("Open projects, {order}"),
        }
    }

    /// The filters as an address has them.
    fn query(&self) -> String {
        self.asked.address().trim_start_matches("/projects").to_owned()
    }

    fn first(&self) -> String {
        if self.filter.after.is_some() { self.asked.with("after", "") } else { String::new() }
    }

    fn chosen(&self) -> Vec<(String, String)> {
        self.asked.chosen(self.filter.guest)
    }

    /// Whether there is a search, and somebody who could keep it.
    fn may_keep(&self) -> bool {
        !self.filter.is_empty() && self.shell.person.is_some()
    }

    /// Whether somebody might be invited somewhere.
    fn may_be_invited(&self) -> bool {
        self.shell.person.as_ref().is_some_and(|person| person.is_freelancer)
    }

    /// The filters in one sentence, for the empty list.
    fn wished(&self) -> String {
        self.chosen().into_iter().map(|(words, _)| words).collect::<Vec<_>>().join(", ")
    }

    fn sorted(&self, by: &str) -> bool {
        self.asked.get("sort") == by
    }

    fn kind(&self, kind: &str) -> bool {
        self.asked.get("kind") == kind
    }

    fn closing(&self, days: &str) -> bool {
        self.asked.get("closing") == days
    }

    fn budget(&self, project: &Listed) -> String {
        words::budget(project.kind, project.from(), project.to())
    }

    fn proposals(&self, project: &Listed) -> String {
        words::proposals(project.proposal_count)
    }

    fn excerpt<'p>(&self, project: &'p Listed) -> Cow<'p, str> {
        markdown::plain(&project.excerpt)
    }

    fn closes(&self, project: &Listed) -> Moment {
        shown::time(&self.shell.clock, project.deadline)
    }
}
