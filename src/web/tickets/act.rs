//! What is done to a ticket by a button: taken, given, passed on, joined to another, closed.

use actix_web::web::Data;

use super::conflict::{self, Kept, Wanted};
use super::show;
use crate::db::{Connection, Database, Failure};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::{TicketRefused, TicketStatus};
use crate::domain::words::TicketWords;
use crate::operations::tickets::{Escalation, assign_ticket, close_ticket, escalate_ticket, merge_tickets, take_ticket};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// What is said on the page that comes after it, or where it was not done.
struct Said {
    done: String,
    undone: &'static str,
    kept: Kept,
}

async fn act(
    by: SignedIn,
    id: TicketId,
    database: Database,
    secrets: Data<Secrets>,
    said: Said,
    work: impl Fn(&mut Connection<'_>) -> Result<(), Failure<TicketRefused>> + Send + Sync + 'static,
) -> Answer {
    match PageError::unless_refused(database.change(work).await)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/tickets/{id}"), "good", &said.done),
        Err(why) => {
            let wanted = Wanted { by: by.id(), ticket: id, undone: said.undone, kept: said.kept };
            conflict::refused(&database, by.shell(), wanted, why).await
        }
    }
}

/// Takes it.
pub async fn take(by: SignedIn, Id(id): Id<TicketId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let user = by.id();
    let said = Said { done: "The ticket is yours.".to_owned(), undone: "You did not take it.", kept: Kept::new() };
    act(by, id, database, secrets, said, move |conn| take_ticket(conn, user, id)).await
}

/// Gives it to somebody, or back to nobody.
pub async fn assign(by: SignedIn, Id(id): Id<TicketId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, seen): (_, Option<UserId>) = (by.id(), sent.get("seen").parse().ok());
    let to: Option<UserId> = match sent.get("to") {
        "" => None,
        typed => {
            let mut errors = FieldErrors::new();
            let to = errors.take("to", typed.parse().map_err(|_| "Choose to whom, or nobody"));
            if to.is_none() {
                return show::again(by, id, &database, errors, &sent).await;
            }
            to
        }
    };
    let done = if to.is_some() { "The ticket was given to them, and they were told." } else { "The ticket was given back: nobody has it." };
    let said = Said { done: done.to_owned(), undone: "The ticket was given to nobody by you.", kept: Kept::new() };
    act(by, id, database, secrets, said, move |conn| assign_ticket(conn, user, id, to, seen)).await
}

/// Passes it on to the next level.
pub async fn escalate(by: SignedIn, Id(id): Id<TicketId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let user = by.id();
    let mut errors = FieldErrors::new();
    let to: Option<UserId> = errors.take("escalate_to", sent.get("escalate_to").parse().map_err(|_| "Choose to whom"));
    let why = errors.take("why", TicketWords::parse(sent.get("why")).map_err(|_| "Enter why, for the colleague who gets it"));
    let (to, why) = match errors.or(to.zip(why)) {
        Ok(parts) => parts,
        Err(errors) => return show::again(by, id, &database, errors, &sent).await,
    };
    let kept = vec![("Why", why.as_str().to_owned())];
    let said = Said { done: "The ticket was passed on to the next level.".to_owned(), undone: "You did not pass it on.", kept };
    let what = Escalation { to, why, seen: sent.version("level") };
    act(by, id, database, secrets, said, move |conn| escalate_ticket(conn, user, id, &what)).await
}

/// Has it go on in another one.
pub async fn merge(by: SignedIn, Id(id): Id<TicketId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let user = by.id();
    let typed = sent.get("into").trim().to_uppercase();
    let mut errors = FieldErrors::new();
    let into = typed.trim_start_matches("TIC-").parse().map_err(|_| "Enter the number of the other ticket, like TIC-0012");
    let into: TicketId = match errors.take("into", into) {
        Some(into) => into,
        None => return show::again(by, id, &database, errors, &sent).await,
    };
    let done = database.change(move |conn| merge_tickets(conn, user, id, into)).await;
    let wrong = match PageError::unless_refused(done)? {
        Ok(()) => {
            let said = format!("{} goes on here.", id.reference());
            return respond::see_other_saying(&secrets, &format!("/tickets/{into}"), "good", &said);
        }
        // of the two, the one whose page this was
        Err(TicketRefused::Missing) => "There is no ticket with this number",
        Err(TicketRefused::Same) => "This is the ticket itself: enter the number of another one",
        Err(TicketRefused::OtherPersons) => "That ticket is of somebody else: only tickets of one person are joined",
        Err(why) => {
            let over = matches!(why, TicketRefused::TicketIs(TicketStatus::Closed) | TicketRefused::Merged(_));
            let undone = if over { "One of the two tickets is closed. Neither was changed." } else { "Neither ticket was changed." };
            let wanted = Wanted { by: user, ticket: id, undone, kept: vec![("The other ticket", into.reference())] };
            return conflict::refused(&database, by.shell(), wanted, why).await;
        }
    };
    errors.add("into", wrong);
    show::again(by, id, &database, errors, &sent).await
}

/// Closes it.
pub async fn close(by: SignedIn, Id(id): Id<TicketId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let user = by.id();
    let said = Said { done: "The ticket is closed.".to_owned(), undone: "You did not close it.", kept: Kept::new() };
    act(by, id, database, secrets, said, move |conn| close_ticket(conn, user, id)).await
}
