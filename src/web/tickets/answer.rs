//! Writing on a ticket: an answer, or a note for admins alone.

use actix_web::web::Data;

use super::conflict::{self, Wanted};
use super::show;
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::TicketId;
use crate::domain::request::Request;
use crate::domain::ticket::TicketStatus;
use crate::domain::words::TicketWords;
use crate::operations::tickets::{Answer as New, answer_ticket, note_on_ticket};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Answers; a second click finds the answer of the first.
pub async fn submit(by: SignedIn, Id(id): Id<TicketId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let user = by.id();
    if sent.has("put") {
        return show::put_in(by, id, &database, &sent).await;
    }
    let mut errors = FieldErrors::new();
    let Some(words) = errors.take("words", TicketWords::parse(sent.get("words"))) else {
        return show::again(by, id, &database, errors, &sent).await;
    };
    let (typed, next) = (words.as_str().to_owned(), TicketStatus::parse(sent.get("status")));
    let once = sent.key().map(|key| Request::new(key, "answer_ticket", &[&id.to_string(), words.as_str(), sent.get("status")]));
    let answer = New { words, next, seen: sent.version("seen") };
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        answer_ticket(conn, user, id, &answer)
    });
    match PageError::unless_refused(done.await)? {
        Ok(place) => respond::see_other_saying(
            &secrets,
            &format!("/tickets/{id}#e-{}", place.0),
            "good",
            "Your answer was sent. The other side was told.",
        ),
        Err(why) => {
            let wanted = Wanted {
                by: user,
                ticket: id,
                undone: "Your answer was not sent, and nobody was told.",
                kept: vec![("Your answer", typed)],
            };
            conflict::refused(&database, by.shell(), wanted, why).await
        }
    }
}

/// Notes; for admins alone.
pub async fn note(by: SignedIn, Id(id): Id<TicketId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let user = by.id();
    let mut errors = FieldErrors::new();
    let Some(words) = errors.take("note", TicketWords::parse(sent.get("note"))) else {
        return show::again(by, id, &database, errors, &sent).await;
    };
    let typed = words.as_str().to_owned();
    let once = sent.key().map(|key| Request::new(key, "note_on_ticket", &[&id.to_string(), words.as_str()]));
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        note_on_ticket(conn, user, id, &words)
    });
    match PageError::unless_refused(done.await)? {
        Ok(place) => {
            respond::see_other_saying(&secrets, &format!("/tickets/{id}#e-{}", place.0), "good", "Your note was kept. Only admins read it.")
        }
        Err(why) => {
            let wanted = Wanted { by: user, ticket: id, undone: "Your note was not kept.", kept: vec![("Your note", typed)] };
            conflict::refused(&database, by.shell(), wanted, why).await
        }
    }
}
