//! Sending a week, querying it, approving it; and copying the one before.

use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::refused::{self, Tried};
use super::{week, words};
use crate::db::{Database, Failure, contracts, timesheets};
use crate::domain::ids::ContractId;
use crate::domain::refusal::Refusal;
use crate::domain::words::Reason;
use crate::domain::work::{SheetRefused, SheetState, Week};
use crate::operations::time::{approve_week, copy_last_week, query_week, submit_week};
use crate::web::context::{Id, SignedIn};
use crate::web::error::{PageError, status_of};
use crate::web::form::Fields;
use crate::web::projects::conflict;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shown;

fn week_of(sent: &Fields) -> Result<Week, PageError> {
    Week::parse(sent.get("week")).ok_or(PageError::NotFound)
}

/// Sends a week to the client.
pub async fn submit(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, contract, week, seen) = (by.id(), id.0, week_of(&sent)?, sent.version("version"));
    let done = database.change(move |conn| submit_week(conn, user, contract, week, seen)).await;
    let text = format!("Week {} is sent. The client approves it, or gives it back with a question.", week.number());
    answer(by, (contract, week), &database, &secrets, done, (SheetState::Submitted, "The week was not sent.", &text)).await
}

/// Approves a week.
pub async fn approve(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, contract, week, seen) = (by.id(), id.0, week_of(&sent)?, sent.version("version"));
    let done = database.change(move |conn| approve_week(conn, user, contract, week, seen)).await;
    let text = format!("Week {} is approved, and the freelancer is told.", week.number());
    answer(by, (contract, week), &database, &secrets, done, (SheetState::Approved, "Nothing was approved.", &text)).await
}

/// Gives a week back with a question.
pub async fn query(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, contract, week, seen) = (by.id(), id.0, week_of(&sent)?, sent.version("version"));
    let why = match Reason::parse(sent.get("reason")) {
        Ok(why) => why,
        Err(wrong) => {
            let mut page = week::Page::read(by.shell(), user, contract, &database, Some(week)).await?;
            page.errors.add("reason", wrong.to_string());
            sent.get("reason").clone_into(&mut page.reason);
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let done = database.change(move |conn| query_week(conn, user, contract, week, seen, &why)).await;
    let text = format!("Week {} went back to the freelancer with your question.", week.number());
    answer(by, (contract, week), &database, &secrets, done, (SheetState::Queried, "Your question was not sent.", &text)).await
}

async fn answer(
    by: SignedIn,
    (contract, week): (ContractId, Week),
    database: &Database,
    secrets: &Secrets,
    done: Result<(), Failure<SheetRefused>>,
    (wanted, undone, text): (SheetState, &'static str, &str),
) -> Answer {
    let why = match PageError::unless_refused(done)? {
        Ok(()) => return respond::see_other_saying(secrets, &words::address(contract, week), "good", text),
        Err(SheetRefused::Missing) => return Err(PageError::NotFound),
        Err(SheetRefused::NotAllowed) => {
            let words = "The freelancer sends weeks; owners and managers of the client approve and query them. Nothing was changed.";
            return Err(PageError::NotAllowed(words.to_owned()));
        }
        Err(why) => why,
    };
    let user = by.id();
    let found =
        database.run(move |conn| Ok((contracts::find_for(conn, contract, user)?, timesheets::named(conn, contract, week)?))).await?;
    let (Some(named), sheet) = found else { return Err(PageError::NotFound) };
    let number = week.number();
    // the second click of two finds what the first has done
    let own = sheet.as_ref().is_some_and(|found| match wanted {
        SheetState::Submitted => found.sheet.freelancer_id == user,
        _ => found.sheet.decided_by == Some(user),
    });
    if why == SheetRefused::SheetIs(wanted) && own {
        return respond::see_other_saying(secrets, &words::address(contract, week), "good", text);
    }
    let shell = by.shell();
    let (title, at) = match (&why, &sheet) {
        (SheetRefused::SheetIs(state), Some(found)) => {
            let who = found.decided_by.clone().unwrap_or_else(|| named.freelancer.clone());
            match state {
                SheetState::Open => (format!("Week {number} has not been sent"), None),
                SheetState::Submitted => (format!("{} sent week {number}", named.freelancer), found.sheet.submitted_at),
                SheetState::Queried => (format!("{who} queried week {number}"), found.sheet.decided_at),
                SheetState::Approved | SheetState::Invoiced => (format!("{who} approved week {number}"), found.sheet.decided_at),
            }
        }
        (SheetRefused::Changed { .. }, Some(found)) => {
            (format!("{} sent week {number} again after you opened it", named.freelancer), found.sheet.submitted_at)
        }
        (SheetRefused::Running, _) => ("A timer is running in this week".to_owned(), None),
        (SheetRefused::InFuture, _) => (format!("Week {number} has not begun"), None),
        _ => (format!("Nothing was worked in week {number}"), None),
    };
    let means = match why {
        SheetRefused::Running => "Stop it first, then send the week.",
        SheetRefused::Changed { .. } => "Look at what it says now, then decide.",
        SheetRefused::Nothing => "Only weeks with work in them are sent.",
        _ => "A week goes one way at a time: it is sent, and then approved or given back.",
    };
    let happened = at.map(|at| (title.clone(), shown::exact(&shell.clock, at)));
    let links = vec![(words::address(contract, week), "Look at the week".to_owned())];
    let page = conflict::Page { title, undone, happened, means: means.to_owned(), kept: Vec::new(), links, shell };
    respond::page_with(status_of(why.kind()), &page)
}

/// Copies the sessions of the week before.
pub async fn copy(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, contract, week) = (by.id(), id.0, week_of(&sent)?);
    let done = database.change(move |conn| copy_last_week(conn, user, contract, week)).await;
    match PageError::unless_refused(done)? {
        Ok(copied) => {
            let left = match copied.left_out {
                0 => String::new(),
                1 => " 1 did not fit and was left out.".to_owned(),
                many => format!(" {many} did not fit and were left out."),
            };
            let sessions = if copied.sessions == 1 {
                "1 session was copied.".to_owned()
            } else {
                format!("{} sessions were copied.", copied.sessions)
            };
            respond::see_other_saying(&secrets, &words::address(contract, week), "good", &format!("{sessions}{left}"))
        }
        Err(why) => {
            let tried = Tried { by: user, contract, week: Some(week), again: None, kept: Vec::new() };
            refused::answer(by.shell(), &database, tried, why).await
        }
    }
}
