//! Saving what was typed into a week's table.

use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::refused::{self, Tried};
use super::{week, words};
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ContractId, WorkLogId};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::WorkNote;
use crate::domain::work::{Cell, MOST_AT_ONCE, Minutes, Week};
use crate::operations::time::fill_week;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shown;

/// Saves it, all of it or nothing.
pub async fn submit(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, contract) = (by.id(), id.0);
    let week = Week::parse(sent.get("week")).ok_or(PageError::NotFound)?;
    let mut errors = FieldErrors::new();
    let (cells, kept) = read(&sent, week, &mut errors);
    if errors.is_empty() {
        let wanted = cells.clone();
        let done = database.change(move |conn| fill_week(conn, user, contract, week, &wanted)).await;
        match PageError::unless_refused(done)? {
            Ok(changed) => {
                let text = if changed { "The week is saved." } else { "Nothing was changed." };
                return respond::see_other_saying(&secrets, &words::address(contract, week), "good", text);
            }
            Err(why) if why.kind() == RefusalKind::Invalid => {
                errors.add("hours", refused::said(&why, &shown::zone(Some(&by.person.time_zone)).0).1);
            }
            Err(why) => {
                let tried = Tried { by: user, contract, week: Some(week), again: None, kept };
                return refused::answer(by.shell(), &database, tried, why).await;
            }
        }
    }
    let mut page = week::Page::read(by.shell(), user, contract, &database, Some(week)).await?;
    (page.errors, page.typed) = (errors, Some(sent));
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// What was changed in the table, and how the page of a refusal words it.
fn read(sent: &Fields, week: Week, errors: &mut FieldErrors) -> (Vec<Cell>, Vec<(&'static str, String)>) {
    let (mut cells, mut kept) = (Vec::new(), Vec::new());
    let notes = sent.all("note");
    for day in 0..7 {
        let (typed, was) = (sent.all(&format!("d{day}")), sent.all(&format!("w{day}")));
        for (row, note) in notes.iter().enumerate().take(MOST_AT_ONCE) {
            let (typed, was) = (typed.get(row).copied().unwrap_or_default(), was.get(row).copied().unwrap_or_default());
            if was == "-" {
                continue;
            }
            let Some(minutes) = errors.take(&format!("d{row}-{day}"), Minutes::parse(typed)) else { continue };
            let minutes = minutes.unwrap_or_default();
            let before = shown_before(was);
            if before.map_or(Minutes(0), |(_, _, minutes)| minutes) == minutes {
                continue;
            }
            let Some(note) = errors.take(&format!("note-{row}"), WorkNote::parse(note)) else { continue };
            let name = week.days().get(day).map(|day| words::day(*day)).unwrap_or_default();
            let old = before.map_or_else(|| "0:00".to_owned(), |(_, _, minutes)| minutes.to_string());
            kept.push(("Hours", format!("{name}: {old} → {minutes} {}", note.as_str())));
            cells.push(Cell { day, log: before.map(|(id, version, _)| (id, version)), note, minutes });
        }
    }
    (cells, kept)
}

/// The session that a cell showed, at which version, and how long it was.
fn shown_before(was: &str) -> Option<(WorkLogId, i32, Minutes)> {
    let mut parts = was.split(':');
    let (id, version, minutes) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((id, version, Minutes(minutes)))
}
