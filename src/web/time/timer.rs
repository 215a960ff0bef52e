//! Starting and stopping a timer.

use actix_web::web::Data;

use super::refused::{self, Tried};
use super::{times, words};
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ContractId;
use crate::domain::words::WorkNote;
use crate::operations::time::{start_timer, stop_timer};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shown;

/// Starts it, now.
pub async fn start(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, contract) = (by.id(), id.0);
    let Ok(note) = WorkNote::parse(sent.get("note")) else {
        return Err(PageError::Conflict(format!("What you work on has room for {} characters. No timer was started.", WorkNote::MOST)));
    };
    let kept = note.as_str().to_owned();
    let done = database.change(move |conn| start_timer(conn, user, contract, &note)).await;
    match PageError::unless_refused(done)? {
        Ok(_) => respond::see_other_saying(
            &secrets,
            &format!("/contracts/{contract}/time"),
            "good",
            "The timer runs. It stops by itself after 12 hours.",
        ),
        Err(why) => {
            let tried = Tried { by: user, contract, week: None, again: None, kept: vec![("On", kept)] };
            refused::answer(by.shell(), &database, tried, why).await
        }
    }
}

/// Stops it: now, or earlier where the person says when.
pub async fn stop(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, contract) = (by.id(), id.0);
    let zone = shown::zone(Some(&by.person.time_zone)).0;
    let mut errors = FieldErrors::new();
    let said = if sent.get("ended_at").trim().is_empty() { None } else { times::take(&mut errors, &sent, "ended_at", &zone).0 };
    let note = if sent.get("note").trim().is_empty() { None } else { errors.take("note", WorkNote::parse(sent.get("note"))) };
    if let Some((_, wrong)) = errors.iter().next() {
        return Err(PageError::Conflict(format!("{wrong}. The timer was not stopped.")));
    }
    let done = database.change(move |conn| stop_timer(conn, user, contract, said, note.as_ref())).await;
    match PageError::unless_refused(done)? {
        Ok(stopped) => {
            let mut text = match stopped.minutes {
                none if none.is_zero() => "The timer ran for less than a minute: nothing was written down.".to_owned(),
                minutes => format!("The timer is stopped: {} written down.", words::long(minutes)),
            };
            if stopped.forgotten {
                text.push_str(" It had run for more than 12 hours; what came after them is not counted.");
            }
            if !stopped.beyond.is_zero() {
                text.push_str(&format!(
                    " {} lay beyond the contract’s limit for the week and are not counted.",
                    words::long(stopped.beyond)
                ));
            }
            respond::see_other_saying(&secrets, &format!("/contracts/{contract}/time"), "good", &text)
        }
        Err(why) => {
            let tried = Tried { by: user, contract, week: None, again: None, kept: Vec::new() };
            refused::answer(by.shell(), &database, tried, why).await
        }
    }
}
