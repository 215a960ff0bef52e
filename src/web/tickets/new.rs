//! Asking something of the house: the form, and its sending.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::db::tickets::Asked as Question;
use crate::db::{Database, contracts};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ContractId;
use crate::domain::request::Request;
use crate::domain::ticket::{TicketRefused, Topic};
use crate::domain::words::{TicketTitle, TicketWords};
use crate::operations::tickets::{NewTicket, open_ticket};
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

/// On which contract, as it was typed.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    contract: String,
}

#[derive(Template)]
#[template(path = "tickets/new.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    topic: String,
    title: String,
    words: String,
    /// The contract that it is about, with its project's title.
    contract: Option<(ContractId, String)>,
    key: String,
}

/// Shows the form.
pub async fn page(by: SignedIn, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let contract = named(&by, &database, asked.as_ref().map_or("", |asked| asked.contract.as_str())).await?;
    let topic = if contract.is_some() { Topic::Contract.as_str().to_owned() } else { String::new() };
    let (title, words) = (String::new(), String::new());
    respond::page(&Page { shell: by.shell(), errors: FieldErrors::new(), topic, title, words, contract, key: new_key() })
}

/// The contract that an address or a form names; one of somebody else's is not there.
async fn named(by: &SignedIn, database: &Database, typed: &str) -> Result<Option<(ContractId, String)>, PageError> {
    if typed.is_empty() {
        return Ok(None);
    }
    let (id, reader): (ContractId, _) = (typed.parse().map_err(|_| PageError::NotFound)?, by.id());
    let found = database.run(move |conn| Ok(contracts::find_for(conn, id, reader)?)).await?;
    Ok(Some((id, found.ok_or(PageError::NotFound)?.title)))
}

/// Writes the ticket down; a second click leads to the same one.
pub async fn submit(by: SignedIn, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let contract = named(&by, &database, sent.get("contract")).await?;
    let mut errors = FieldErrors::new();
    let topic = errors.take("topic", Topic::parse(sent.get("topic")).ok_or("Choose what it is about"));
    let title = errors.take("title", TicketTitle::parse(sent.get("title")));
    let words = errors.take("words", TicketWords::parse(sent.get("words")));
    let parts = topic.zip(title).zip(words);
    let ((topic, title), words) = match errors.or(parts) {
        Ok(parts) => parts,
        Err(errors) => return again(by, &sent, contract, errors),
    };
    let user = by.id();
    let once = sent.key().map(|key| {
        let about = contract.as_ref().map_or_else(String::new, |(id, _)| id.to_string());
        Request::new(key, "open_ticket", &[topic.as_str(), title.as_str(), words.as_str(), &about])
    });
    let new = NewTicket { asked: Question { topic, title, contract: contract.as_ref().map(|(id, _)| *id) }, words };
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        open_ticket(conn, user, &new)
    });
    match PageError::unless_refused(done.await)? {
        Ok(id) => {
            let said = "The house has your ticket. You are told here when it is answered.";
            respond::see_other_saying(&secrets, &format!("/tickets/{id}"), "good", said)
        }
        Err(TicketRefused::NoContract) => Err(PageError::NotFound),
        Err(why) => Err(PageError::refused(&why, "The ticket was not written down.")),
    }
}

fn again(by: SignedIn, sent: &Fields, contract: Option<(ContractId, String)>, errors: FieldErrors) -> Answer {
    let text = |name| sent.get(name).to_owned();
    let key = sent.key().map_or_else(new_key, |key| key.as_str().to_owned());
    let page = Page { shell: by.shell(), errors, topic: text("topic"), title: text("title"), words: text("words"), contract, key };
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

impl Page {
    fn topics(&self) -> Vec<(&'static str, &'static str, bool)> {
        Topic::ALL.iter().map(|topic| (topic.as_str(), topic.label(), self.topic == topic.as_str())).collect()
    }
}
