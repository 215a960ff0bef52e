//! The home page and the list of open projects: search, filters, order and page stand in the address.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::db::Database;
use crate::db::projects::{self, Filter, Listed, Order};
use crate::domain::ids::ProjectId;
use crate::domain::money::parse_amount;
use crate::domain::project::ProjectKind;
use crate::web::context::Visitor;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown;

/// What the address asks for. Everything is text: what makes no sense is passed over.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    skill: String,
    kind: String,
    min: String,
    max: String,
    closing: String,
    sort: String,
    after: String,
}

#[derive(Template)]
#[template(path = "projects/list.html")]
struct Page {
    shell: Shell,
    asked: Asked,
    projects: Vec<Listed>,
    next: String,
}

/// Shows the list.
pub async fn page(visitor: Visitor, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    let filter = asked.filter();
    let (projects, more) = database.run(move |conn| Ok(projects::open(conn, &filter)?)).await?;
    let next = match projects.last() {
        Some(last) if more => asked.address(&[("after", &last.id.to_string())]),
        _ => String::new(),
    };
    respond::page(&Page { shell: visitor.shell(), asked, projects, next })
}

impl Asked {
    fn filter(&self) -> Filter {
        let said = |text: &String| Some(text.trim().replace('\0', "")).filter(|text| !text.is_empty());
        Filter {
            words: said(&self.q),
            skill: said(&self.skill),
            kind: ProjectKind::parse(&self.kind),
            at_least: parse_amount(&self.min).ok(),
            at_most: parse_amount(&self.max).ok(),
            closing_days: self.closing.parse().ok().filter(|days| (1..=365).contains(days)),
            order: match self.sort.as_str() {
                "closing" => Order::Closing,
                "budget" => Order::Budget,
                _ => Order::Newest,
            },
            after: self.after.parse::<ProjectId>().ok(),
        }
    }

    /// The list's address with some of its parts changed; an empty part is left out.
    fn address(&self, changes: &[(&str, &str)]) -> String {
        let parts = [
            ("q", &self.q),
            ("skill", &self.skill),
            ("kind", &self.kind),
            ("min", &self.min),
            ("max", &self.max),
            ("closing", &self.closing),
            ("sort", &self.sort),
            ("after", &self.after),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in parts {
            let value = changes.iter().find(|(changed, _)| *changed == name).map_or(value.as_str(), |(_, value)| value);
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/projects".to_owned() } else { format!("/projects?{query}") }
    }
}
