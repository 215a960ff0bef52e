//! One ticket: where it stands, what happened, and what its reader can do.

use actix_web::http::StatusCode;
use askama::Template;

use super::words::{Told, told};
use crate::db::tickets::{self, Admin, Ready, Shown};
use crate::db::{Database, PgConnection};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::TicketId;
use crate::domain::ticket::{self, Seat, TicketStatus};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};
use crate::web::tags;

#[derive(Template)]
#[template(path = "tickets/show.html")]
pub(super) struct Page {
    pub shell: Shell,
    pub ticket: Shown,
    told: Vec<Told>,
    /// For admins: who else there is.
    admins: Vec<Admin>,
    /// For admins: what they keep ready.
    ready: Vec<Ready>,
    errors: FieldErrors,
    typed: Fields,
    key: String,
}

/// Shows it to whoever asked and to admins; for everybody else it is not there.
pub async fn page(by: SignedIn, id: Id<TicketId>, database: Database) -> Answer {
    respond::page(&Page::read(by, id.0, &database, FieldErrors::new(), Fields::default()).await?)
}

/// Shows it again, with what was typed and what is wrong with it.
pub(super) async fn again(by: SignedIn, id: TicketId, database: &Database, errors: FieldErrors, typed: &Fields) -> Answer {
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page::read(by, id, database, errors, typed.clone()).await?)
}

/// Shows it to an admin again, with the words of a ready answer behind what was typed; nothing is sent.
pub(super) async fn put_in(by: SignedIn, id: TicketId, database: &Database, typed: &Fields) -> Answer {
    let page = Page::read(by, id, database, FieldErrors::new(), typed.clone()).await?;
    let ready = page.ready.iter().find(|ready| ready.id.to_string() == typed.get("ready"));
    let words = match ready {
        Some(ready) => ticket::put_in(typed.get("words"), &ready.words, &page.ticket.opener),
        None => typed.get("words").to_owned(),
    };
    let typed = typed.iter().map(|(name, value)| (name.to_owned(), if name == "words" { words.clone() } else { value.to_owned() }));
    let typed = Fields::from_texts(typed.collect());
    respond::page(&Page { typed, ..page })
}

impl Page {
    async fn read(by: SignedIn, id: TicketId, database: &Database, errors: FieldErrors, typed: Fields) -> Result<Self, PageError> {
        let reader = by.id();
        let read = move |conn: &mut PgConnection| {
            let Some(ticket) = tickets::find_for(conn, id, reader)? else { return Ok(None) };
            let timeline = tickets::timeline(conn, id, ticket.seat())?;
            let is_agent = ticket.seat() == Seat::Agent;
            let (admins, ready) = if is_agent { (tickets::admins(conn)?, tickets::ready(conn)?) } else { (Vec::new(), Vec::new()) };
            Ok(Some((ticket, timeline, admins, ready)))
        };
        let (ticket, timeline, admins, ready) = database.run(read).await?.ok_or(PageError::NotFound)?;
        let shell = by.shell();
        let told = told(&shell, &timeline, ticket.opener_id);
        let key = typed.key().map_or_else(new_key, |key| key.as_str().to_owned());
        Ok(Self { shell, ticket, told, admins, ready, errors, typed, key })
    }

    fn is_agent(&self) -> bool {
        self.ticket.seat() == Seat::Agent
    }

    fn is_over(&self) -> bool {
        self.ticket.status == TicketStatus::Closed
    }

    fn tag(&self) -> &'static str {
        tags::of_ticket(&self.ticket.status)
    }

    fn typed(&self, field: &str) -> &str {
        self.typed.get(field)
    }

    /// The last entry that is on the page.
    fn seen(&self) -> i32 {
        self.told.last().map_or(0, |last| last.n)
    }

    fn due(&self) -> Option<Moment> {
        self.ticket.due_at.map(|due| shown::time(&self.shell.clock, due))
    }

    fn opened(&self) -> Moment {
        shown::time(&self.shell.clock, self.ticket.opened_at)
    }

    /// The states as the rail shows them, and where this ticket stands.
    fn rail(&self) -> (Vec<&'static str>, usize) {
        match self.ticket.status {
            TicketStatus::New => (vec!["New", "Open", "Resolved", "Closed"], 0),
            TicketStatus::Open => (vec!["New", "Open", "Resolved", "Closed"], 1),
            TicketStatus::Waiting => (vec!["New", "Waiting for an answer", "Resolved", "Closed"], 1),
            TicketStatus::Resolved => (vec!["New", "Open", "Resolved", "Closed"], 2),
            TicketStatus::Closed => (vec!["New", "Open", "Resolved", "Closed"], 4),
        }
    }

    /// What a ticket becomes with an admin's answer: each state with its words, and whether it is chosen.
    fn nexts(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = TicketStatus::parse(self.typed("status")).unwrap_or(TicketStatus::Waiting);
        let opener = &self.ticket.opener;
        let states = [
            (TicketStatus::Waiting, format!("Wait for {opener}")),
            (TicketStatus::Open, "Keep it open: there is more to do".to_owned()),
            (TicketStatus::Resolved, format!("Resolved: {opener} can open it again")),
            (TicketStatus::Closed, "Closed for good".to_owned()),
        ];
        let is = self.ticket.status;
        let can = states.into_iter().filter(|(state, _)| *state == is || is.may_become(*state));
        can.map(|(state, words)| (state.as_str(), words, state == chosen)).collect()
    }

    /// Who could have it.
    fn choices(&self) -> Vec<(String, &str, bool)> {
        self.admins.iter().map(|admin| (admin.id.to_string(), admin.name.as_str(), Some(admin.id) == self.ticket.assignee_id)).collect()
    }

    fn is_mine(&self) -> bool {
        self.ticket.assignee_id.is_some() && self.ticket.assignee_id == self.shell.person.as_ref().map(|person| person.id)
    }

    fn assignee(&self) -> &str {
        self.ticket.assignee.as_deref().unwrap_or("Nobody")
    }

    fn assignee_id(&self) -> String {
        self.ticket.assignee_id.map_or_else(String::new, |id| id.to_string())
    }

    fn can_escalate(&self) -> bool {
        self.ticket.level < ticket::HIGHEST
    }

    /// How often whoever asked has written without an answer, where that is often.
    fn pressing(&self) -> Option<String> {
        let facts = self.ticket.facts();
        facts.pressing.then(|| format!("{} wrote {} times since the last answer", self.ticket.opener, facts.unanswered))
    }

    /// What happens next, for whoever asked.
    fn next(&self) -> String {
        match self.ticket.status {
            TicketStatus::New | TicketStatus::Open => "The house answers here, and you are told.".to_owned(),
            TicketStatus::Waiting => "The house waits for your answer.".to_owned(),
            TicketStatus::Resolved => {
                "The house thinks that this is done. If it is not, answer below: that opens the ticket again.".to_owned()
            }
            TicketStatus::Closed if self.ticket.merged_into.is_some() => "This ticket goes on in another one of yours.".to_owned(),
            TicketStatus::Closed => "The ticket is closed. If there is more, write a new one.".to_owned(),
        }
    }
}
