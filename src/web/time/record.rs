//! Writing down what was worked, with its times.

use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::refused::{self, Again, Tried};
use super::{times, week, words};
use crate::db::{Database, Failure};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ContractId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::request::Request;
use crate::domain::words::WorkNote;
use crate::domain::work::{Entry, Span, Week};
use crate::operations::time::record_work;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shown;

/// Writes a session down; a second click finds the one of the first.
pub async fn submit(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, contract) = (by.id(), id.0);
    let zone = shown::zone(Some(&by.person.time_zone)).0;
    let mut errors = FieldErrors::new();
    let (from, began) = times::take(&mut errors, &sent, "started_at", &zone);
    let (to, ended) = times::take(&mut errors, &sent, "ended_at", &zone);
    let note = errors.take("note", WorkNote::parse(sent.get("note")));
    let (Some(from), Some(to), Some(note)) = (from, to, note) else {
        return again(by, contract, &database, errors, (began, ended), &sent).await;
    };
    let span = Span { from, to: Some(to) };
    let week = Week::of(from, &zone);
    let once =
        sent.key().map(|key| Request::new(key, "record_work", &[&contract.to_string(), sent.get("started_at"), sent.get("ended_at")]));
    let entry = Entry { span, note };
    let kept = entry.note.as_str().to_owned();
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        record_work(conn, user, contract, &entry)
    });
    match done.await {
        Ok(_) => {
            let text = format!("{} written down: {}.", words::long(span.minutes()), words::span(&zone, span));
            respond::see_other_saying(&secrets, &words::address(contract, week), "good", &text)
        }
        Err(Failure::Refused(why)) if why.kind() == RefusalKind::Invalid => {
            let shell = by.shell();
            let (field, words) = refused::said(&why, &shell.clock);
            errors.add(field, words);
            again_in(shell, contract, &database, errors, (began, ended), &sent, user).await
        }
        Err(Failure::Refused(why)) => {
            let action = format!("/contracts/{contract}/work-logs");
            let again = Again { span, action, note: kept, version: String::new() };
            let typed = vec![
                ("Began", sent.get("started_at").to_owned()),
                ("Ended", sent.get("ended_at").to_owned()),
                ("On", sent.get("note").to_owned()),
            ];
            let tried = Tried { by: user, contract, week: Some(week), again: Some(again), kept: typed };
            refused::answer(by.shell(), &database, tried, why).await
        }
        Err(Failure::Broken(fault)) => Err(PageError::from(fault)),
    }
}

async fn again(
    by: SignedIn,
    contract: ContractId,
    database: &Database,
    errors: FieldErrors,
    typed: (times::Typed, times::Typed),
    sent: &Fields,
) -> Answer {
    let user = by.id();
    again_in(by.shell(), contract, database, errors, typed, sent, user).await
}

async fn again_in(
    shell: crate::web::shell::Shell,
    contract: ContractId,
    database: &Database,
    errors: FieldErrors,
    (began, ended): (times::Typed, times::Typed),
    sent: &Fields,
    user: crate::domain::ids::UserId,
) -> Answer {
    let mut page = week::Page::read(shell, user, contract, database, None).await?;
    page.errors = errors;
    (page.began, page.ended, page.note) = (began, ended, sent.get("note").to_owned());
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
