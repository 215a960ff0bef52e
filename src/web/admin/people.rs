//! Everybody who can sign in, for admins: looked for by name or address, the newest first.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::address;
use crate::db::people::{self, Filter, Listed, Which};
use crate::db::{Database, Portion};
use crate::domain::ids::UserId;
use crate::web::context::Admin;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What the address says, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    which: String,
    after: String,
}

#[derive(Template)]
#[template(path = "admin/people.html")]
struct Page {
    shell: Shell,
    asked: Asked,
    people: Vec<Listed>,
    next: String,
}

/// Shows them, or leads to the one whose reference was looked for.
pub async fn page(by: Admin, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    if let Some(id) = asked.q.trim().to_uppercase().strip_prefix("USR-").and_then(|id| id.parse::<UserId>().ok()) {
        return respond::see_other(&format!("/admin/people/{id}"));
    }
    let (filter, after) = (asked.filter(), asked.after.parse::<UserId>().ok());
    let (people, more) = database.run(move |conn| Ok(people::list(conn, &filter, after, Portion::Page)?)).await?;
    let next = people.last().filter(|_| more).map(|last| asked.address(&asked.which, &last.id.to_string())).unwrap_or_default();
    respond::page(&Page { shell: by.shell(), asked, people, next })
}

impl Asked {
    /// As the database takes it.
    pub fn filter(&self) -> Filter {
        let which = match self.which.as_str() {
            "out" => Which::Out,
            "admins" => Which::Admins,
            _ => Which::All,
        };
        Filter { words: self.q.trim().chars().take(200).collect(), which }
    }

    fn address(&self, which: &str, after: &str) -> String {
        address("/admin/people", &[("q", self.q.trim()), ("which", which), ("after", after)])
    }
}

impl Page {
    fn tabs(&self) -> Vec<(String, &'static str, bool)> {
        let tabs = [("", "Everybody"), ("out", "Suspended"), ("admins", "Admins")];
        tabs.map(|(which, words)| (self.asked.address(which, ""), words, self.asked.which == which)).to_vec()
    }

    fn at(&self, person: &Listed) -> Moment {
        shown::time(&self.shell.clock, person.created_at)
    }

    fn is_filtered(&self) -> bool {
        !self.asked.q.trim().is_empty() || !self.asked.which.is_empty() || !self.asked.after.is_empty()
    }

    fn query(&self) -> String {
        self.asked.address(&self.asked.which, "").split_once('?').map_or_else(String::new, |(_, query)| format!("?{query}"))
    }

    fn first(&self) -> String {
        if self.asked.after.is_empty() { String::new() } else { self.asked.address(&self.asked.which, "") }
    }
}
