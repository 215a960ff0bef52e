//! A person's own tickets, newest first.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::db::tickets::{self, Filter, Listed, Which};
use crate::db::{Database, Portion};
use crate::domain::ids::TicketId;
use crate::web::context::SignedIn;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};
use crate::web::tags;

/// Behind which ticket the page begins, as it was typed.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "tickets/list.html")]
struct Page {
    shell: Shell,
    tickets: Vec<Listed>,
    later: bool,
    next: String,
    is_admin: bool,
}

/// Shows them.
pub async fn page(by: SignedIn, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let after: Option<TicketId> = asked.and_then(|asked| asked.after.parse().ok());
    let (filter, is_admin) = (Filter { which: Which::All, opener: Some(by.id()), ..Filter::default() }, by.person.is_admin);
    let (tickets, more) = database.run(move |conn| Ok(tickets::portion(conn, &filter, after, Portion::Page)?)).await?;
    let next = tickets.last().filter(|_| more).map(|last| format!("/tickets?after={}", last.id)).unwrap_or_default();
    respond::page(&Page { shell: by.shell(), tickets, later: after.is_some(), next, is_admin })
}

impl Page {
    fn at(&self, ticket: &Listed) -> Moment {
        shown::time(&self.shell.clock, ticket.updated_at)
    }

    fn due(&self, ticket: &Listed) -> Option<Moment> {
        ticket.due_at.map(|due| shown::time(&self.shell.clock, due))
    }

    fn tag(&self, ticket: &Listed) -> &'static str {
        tags::of_ticket(&ticket.status)
    }

    fn first(&self) -> &'static str {
        if self.later { "/tickets" } else { "" }
    }
}
