//! Every organisation, for admins: looked for by name, the newest first; and one of them.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::address;
use crate::db::organisations::{self, Around, Known, MemberRow};
use crate::db::{Database, Failure, Portion};
use crate::domain::ids::OrganisationId;
use crate::domain::organisation::Organisation;
use crate::web::context::{Admin, Id};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What the address says, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    after: String,
}

#[derive(Template)]
#[template(path = "admin/organisations.html")]
struct List {
    shell: Shell,
    asked: Asked,
    organisations: Vec<Known>,
    next: String,
}

/// Shows them, or leads to the one whose reference was looked for.
pub async fn page(by: Admin, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    if let Some(id) = asked.q.trim().to_uppercase().strip_prefix("ORG-").and_then(|id| id.parse::<OrganisationId>().ok()) {
        return respond::see_other(&format!("/admin/organisations/{id}"));
    }
    let (words, after) = (asked.words(), asked.after.parse::<OrganisationId>().ok());
    let (organisations, more) = database.run(move |conn| Ok(organisations::known(conn, &words, after, Portion::Page)?)).await?;
    let next = organisations.last().filter(|_| more).map(|last| asked.address(&last.id.to_string())).unwrap_or_default();
    respond::page(&List { shell: by.shell(), asked, organisations, next })
}

impl Asked {
    /// As the database takes them.
    pub fn words(&self) -> String {
        self.q.trim().chars().take(200).collect()
    }

    fn address(&self, after: &str) -> String {
        address("/admin/organisations", &[("q", self.q.trim()), ("after", after)])
    }
}

impl List {
    fn at(&self, organisation: &Known) -> Moment {
        shown::time(&self.shell.clock, organisation.created_at)
    }

    fn counted(&self, organisation: &Known) -> String {
        let count = |number: i64, one: &str| if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") };
        format!("{}, {}", count(organisation.members, "member"), count(organisation.projects, "project"))
    }

    fn is_filtered(&self) -> bool {
        !self.asked.q.trim().is_empty() || !self.asked.after.is_empty()
    }

    fn query(&self) -> String {
        self.asked.address("").split_once('?').map_or_else(String::new, |(_, query)| format!("?{query}"))
    }

    fn first(&self) -> String {
        if self.asked.after.is_empty() { String::new() } else { self.asked.address("") }
    }
}

#[derive(Template)]
#[template(path = "admin/organisation.html")]
struct One {
    shell: Shell,
    organisation: Organisation,
    around: Around,
    members: Vec<MemberRow>,
}

/// Shows one: who belongs to it, and how much there is around it. Nothing of what was offered to it.
pub async fn one(by: Admin, Id(id): Id<OrganisationId>, database: Database) -> Answer {
    let read = database.run(move |conn| {
        let Some(organisation) = organisations::find(conn, id)? else { return Ok(None) };
        let around = organisations::around(conn, id)?;
        Ok::<_, Failure<std::convert::Infallible>>(Some((organisation, around, organisations::members(conn, id)?)))
    });
    let (organisation, around, members) = read.await?.ok_or(PageError::NotFound)?;
    respond::page(&One { shell: by.shell(), organisation, around, members })
}

impl One {
    fn since(&self) -> Moment {
        shown::time(&self.shell.clock, self.organisation.created_at)
    }

    fn joined(&self, member: &MemberRow) -> Moment {
        shown::time(&self.shell.clock, member.since)
    }
}
