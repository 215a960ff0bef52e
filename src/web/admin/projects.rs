//! Every project, for admins: looked for by title or client, the newest first. Nothing of what was offered stands here.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::address;
use crate::db::projects::{self, Known, Sought, Which};
use crate::db::{Database, Portion};
use crate::domain::ids::ProjectId;
use crate::domain::project::ProjectStatus;
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
    client: String,
    after: String,
}

#[derive(Template)]
#[template(path = "admin/projects.html")]
struct Page {
    shell: Shell,
    asked: Asked,
    projects: Vec<Known>,
    next: String,
}

/// Shows them, or leads to the one whose reference was looked for.
pub async fn page(by: Admin, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    if let Some(id) = asked.q.trim().to_uppercase().strip_prefix("PRJ-").and_then(|id| id.parse::<ProjectId>().ok()) {
        return respond::see_other(&format!("/admin/projects/{id}"));
    }
    let (sought, after) = (asked.sought(), asked.after.parse::<ProjectId>().ok());
    let (projects, more) = database.run(move |conn| Ok(projects::known(conn, &sought, after, Portion::Page)?)).await?;
    let next = projects.last().filter(|_| more).map(|last| asked.address(&asked.which, &last.id.to_string())).unwrap_or_default();
    respond::page(&Page { shell: by.shell(), asked, projects, next })
}

impl Asked {
    /// As the database takes it.
    pub fn sought(&self) -> Sought {
        let which = match (self.which.as_str(), ProjectStatus::parse(&self.which)) {
            ("held", _) => Which::Held,
            (_, Some(status)) => Which::In(status),
            _ => Which::All,
        };
        Sought { words: self.q.trim().chars().take(200).collect(), which, client: self.client.parse().ok() }
    }

    fn address(&self, which: &str, after: &str) -> String {
        address("/admin/projects", &[("q", self.q.trim()), ("which", which), ("client", &self.client), ("after", after)])
    }
}

impl Page {
    fn tabs(&self) -> Vec<(String, &'static str, bool)> {
        let states = ProjectStatus::ALL.iter().map(|status| (status.as_str(), status.label()));
        let all = [("", "All"), ("held", "Held")].into_iter().chain(states);
        all.map(|(which, words)| (self.asked.address(which, ""), words, self.asked.which == which)).collect()
    }

    fn at(&self, project: &Known) -> Moment {
        shown::time(&self.shell.clock, project.created_at)
    }

    fn is_filtered(&self) -> bool {
        !self.asked.q.trim().is_empty() || !self.asked.which.is_empty() || !self.asked.client.is_empty() || !self.asked.after.is_empty()
    }

    fn query(&self) -> String {
        self.asked.address(&self.asked.which, "").split_once('?').map_or_else(String::new, |(_, query)| format!("?{query}"))
    }

    fn first(&self) -> String {
        if self.asked.after.is_empty() { String::new() } else { self.asked.address(&self.asked.which, "") }
    }
}
