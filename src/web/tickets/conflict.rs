//! Not done: somebody was first, or it is not this person's to do.

use actix_web::http::StatusCode;

use super::words::{is_for, says};
use crate::db::{Database, clock, tickets};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::TicketRefused;
use crate::web::error::PageError;
use crate::web::projects::conflict::Page;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown;

pub use crate::web::projects::conflict::Kept;

/// What the person wanted, as the page speaks of it.
pub struct Wanted {
    /// Who.
    pub by: UserId,
    /// With which ticket.
    pub ticket: TicketId,
    /// What did not happen, as a sentence.
    pub undone: &'static str,
    /// What they typed: kept on the page.
    pub kept: Kept,
}

/// The page for why something was not done: who was first, and what now.
pub async fn refused(database: &Database, shell: Shell, wanted: Wanted, why: TicketRefused) -> Answer {
    let (id, by) = (wanted.ticket, wanted.by);
    let means = match why {
        TicketRefused::Missing | TicketRefused::NoContract => return Err(PageError::NotFound),
        TicketRefused::NotAllowed => return Err(PageError::NotAllowed("This is for who keeps the house.".to_owned())),
        TicketRefused::TicketIs(status) => format!("The ticket is {} by now.", status.label().to_lowercase()),
        TicketRefused::Merged(_) => "The ticket goes on in another one: write there.".to_owned(),
        TicketRefused::TakenBy(_) => "Somebody else has it by now.".to_owned(),
        TicketRefused::Changed { .. } => "Read what happened first: your words may say it twice.".to_owned(),
        TicketRefused::LevelIs(level) => format!("It is at level {level} by now."),
        TicketRefused::Highest => "There is no level above this one.".to_owned(),
        TicketRefused::Full => "Its history takes nothing more: write a new ticket.".to_owned(),
        TicketRefused::NotAnAdmin => "Whoever you chose does not keep the house any more.".to_owned(),
        TicketRefused::FileGone => "A file that you had added is not kept any more: add it again.".to_owned(),
        TicketRefused::OtherPersons | TicketRefused::Same => "Only two tickets of one person are joined.".to_owned(),
    };
    let read = database.run(move |conn| {
        let Some(ticket) = tickets::find_for(conn, id, by)? else { return Ok(None) };
        let last = tickets::last_entry(conn, id, ticket.seat())?;
        Ok(Some((ticket.seat(), last, clock(conn)?)))
    });
    let (seat, last, now) = read.await?.ok_or(PageError::NotFound)?;
    let last = last.and_then(|row| row.entry().filter(|entry| is_for(entry, seat)).map(|entry| (says(&row, &entry), entry.at)));
    let (title, happened) = match last {
        Some((says, at)) => (format!("{says} {} ago", shown::span(now - at)), Some((says, shown::exact(&shell.clock, at)))),
        None => ("This cannot be done now".to_owned(), None),
    };
    let first = match why {
        TicketRefused::Merged(other) => (format!("/tickets/{other}"), "Go on in the other ticket".to_owned()),
        TicketRefused::TakenBy(_) => (format!("/tickets/{id}"), "Follow it".to_owned()),
        _ => (format!("/tickets/{id}"), "Look at the ticket".to_owned()),
    };
    let links = vec![first, ("/tickets".to_owned(), "Your tickets".to_owned())];
    respond::page_with(StatusCode::CONFLICT, &Page { shell, title, undone: wanted.undone, happened, means, kept: wanted.kept, links })
}
