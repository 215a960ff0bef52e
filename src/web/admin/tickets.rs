//! The house's queue of tickets: what is due first stands first.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::db::tickets::{self, Filter, Listed, Which};
use crate::db::{Database, Portion};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::{TicketStatus, Topic};
use crate::web::context::Admin;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};
use crate::web::tags;

/// What the address says, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    status: String,
    who: String,
    topic: String,
    q: String,
    after: String,
}

#[derive(Template)]
#[template(path = "admin/tickets.html")]
struct Page {
    shell: Shell,
    asked: Asked,
    tickets: Vec<Listed>,
    by: UserId,
    next: String,
}

/// Shows it, or leads to the ticket whose reference was looked for.
pub async fn page(by: Admin, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    if let Some(id) = asked.q.trim().to_uppercase().strip_prefix("TIC-").and_then(|id| id.parse::<TicketId>().ok()) {
        return respond::see_other(&format!("/tickets/{id}"));
    }
    let (user, filter, after) = (by.id(), asked.filter(by.id()), asked.after.parse::<TicketId>().ok());
    let (tickets, more) = database.run(move |conn| Ok(tickets::portion(conn, &filter, after, Portion::Page)?)).await?;
    let next = tickets.last().filter(|_| more).map(|last| asked.address(&[("after", &last.id.to_string())])).unwrap_or_default();
    respond::page(&Page { shell: by.shell(), asked, tickets, by: user, next })
}

impl Asked {
    /// As the database takes it.
    pub fn filter(&self, by: UserId) -> Filter {
        let which = match (self.status.as_str(), TicketStatus::parse(&self.status)) {
            ("ALL", _) => Which::All,
            (_, Some(state)) => Which::In(state),
            (_, None) => Which::Due,
        };
        let words = self.q.trim();
        Filter {
            which,
            opener: None,
            assignee: (self.who == "me").then_some(by),
            nobodys: self.who == "nobody",
            topic: Topic::parse(&self.topic),
            words: (!words.is_empty()).then(|| words.chars().take(200).collect()),
        }
    }

    /// The list's address with some of its fields set otherwise, from its beginning.
    fn address(&self, set: &[(&str, &str)]) -> String {
        let now = [("status", self.status.as_str()), ("who", &self.who), ("topic", &self.topic), ("q", &self.q), ("after", "")];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in now {
            let value = set.iter().find(|(one, _)| *one == name).map_or(value, |(_, value)| value);
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/admin/tickets".to_owned() } else { format!("/admin/tickets?{query}") }
    }
}

impl Page {
    /// States to choose from, each with its address and whether it is chosen.
    fn states(&self) -> Vec<(String, &'static str, bool)> {
        let states = [
            ("", "Waiting for the house"),
            (TicketStatus::Waiting.as_str(), "Waiting for people"),
            (TicketStatus::Resolved.as_str(), "Resolved"),
            (TicketStatus::Closed.as_str(), "Closed"),
            ("ALL", "All"),
        ];
        states.map(|(state, words)| (self.asked.address(&[("status", state)]), words, self.asked.status == state)).to_vec()
    }

    /// Whose, each with its address and whether it is chosen.
    fn whose(&self) -> Vec<(String, &'static str, bool)> {
        let whose = [("", "Everybody’s"), ("me", "Mine"), ("nobody", "Nobody’s")];
        whose.map(|(who, words)| (self.asked.address(&[("who", who)]), words, self.asked.who == who)).to_vec()
    }

    fn topics(&self) -> Vec<(&'static str, &'static str, bool)> {
        Topic::ALL.iter().map(|topic| (topic.as_str(), topic.short(), self.asked.topic == topic.as_str())).collect()
    }

    fn overdue(&self) -> usize {
        self.tickets.iter().filter(|ticket| ticket.is_overdue()).count()
    }

    fn due(&self, ticket: &Listed) -> Option<Moment> {
        ticket.due_at.map(|due| shown::time(&self.shell.clock, due))
    }

    fn at(&self, ticket: &Listed) -> Moment {
        shown::time(&self.shell.clock, ticket.updated_at)
    }

    fn tag(&self, ticket: &Listed) -> &'static str {
        tags::of_ticket(&ticket.status)
    }

    /// Who has it.
    fn has(&self, ticket: &Listed) -> String {
        match (&ticket.assignee, ticket.assignee_id) {
            (_, Some(id)) if id == self.by => "Yours".to_owned(),
            (Some(name), _) => name.clone(),
            _ => "Nobody’s".to_owned(),
        }
    }

    fn is_filtered(&self) -> bool {
        !self.asked.q.is_empty() || !self.asked.who.is_empty() || !self.asked.topic.is_empty()
    }

    /// The filters, for the list's files.
    fn query(&self) -> String {
        self.asked.address(&[]).split_once('?').map_or_else(String::new, |(_, query)| format!("?{query}"))
    }

    fn first(&self) -> String {
        if self.asked.after.is_empty() { String::new() } else { self.asked.address(&[]) }
    }
}
