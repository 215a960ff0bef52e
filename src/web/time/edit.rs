//! Changing, deleting and restoring a session.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::{DateTime, Utc};

use super::refused::{self, Again, Tried};
use super::{times, words};
use crate::db::{Database, Failure, contracts, work_logs};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{UserId, WorkLogId};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::WorkNote;
use crate::domain::work::{LogRefused, Span, Week, WorkLog};
use crate::operations::time::{Edit, delete_work, edit_work, restore_work};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

#[derive(Template)]
#[template(path = "time/edit.html")]
struct Page {
    shell: Shell,
    log: WorkLog,
    title: String,
    errors: FieldErrors,
    began: times::Typed,
    ended: times::Typed,
    note: String,
    version: i32,
}

/// A session of the person's own, with its project's title; for everybody else it is not there.
async fn own(database: &Database, id: WorkLogId, user: UserId) -> Result<(WorkLog, String), PageError> {
    let found = database.run(move |conn| {
        let log = work_logs::find(conn, id)?;
        let named = log.as_ref().map(|log| contracts::find_for(conn, log.contract_id, user)).transpose()?.flatten();
        Ok(log.zip(named))
    });
    let (log, named) = found.await?.ok_or(PageError::NotFound)?;
    if log.freelancer_id != user {
        return Err(PageError::NotAllowed("The freelancer keeps the time of a contract; you can read it.".to_owned()));
    }
    Ok((log, named.title))
}

/// Shows the form.
pub async fn page(by: SignedIn, id: Id<WorkLogId>, database: Database) -> Answer {
    let (log, title) = own(&database, id.0, by.id()).await?;
    let shell = by.shell();
    let field = |at| times::Typed { text: shown::field(&shell.clock, at), choices: Vec::new() };
    let (began, ended) = (field(log.started_at), log.ended_at.map(field).unwrap_or_default());
    let (note, version) = (log.note.clone(), log.version);
    respond::page(&Page { shell, log, title, errors: FieldErrors::new(), began, ended, note, version })
}

/// Changes it.
pub async fn submit(by: SignedIn, id: Id<WorkLogId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id) = (by.id(), id.0);
    let zone = shown::zone(Some(&by.person.time_zone)).0;
    let (log, title) = own(&database, id, user).await?;
    let mut errors = FieldErrors::new();
    let mut take = |name: &'static str, is: Option<DateTime<Utc>>| {
        // a field that shows what is there already means just that, through every clock change
        let text = sent.get(name).trim();
        let same = !sent.has(name) || is.is_some_and(|at| text == shown::field(&zone, at));
        if same { (is, times::Typed { text: text.to_owned(), choices: Vec::new() }) } else { times::take(&mut errors, &sent, name, &zone) }
    };
    let ((from, began), (to, ended)) = (take("started_at", Some(log.started_at)), take("ended_at", log.ended_at));
    let note = if sent.has("note") { errors.take("note", WorkNote::parse(sent.get("note"))) } else { None };
    let seen = sent.version("version");
    if errors.is_empty() {
        let edit = Edit { from, to, note: note.clone(), seen };
        let done = database.change(move |conn| edit_work(conn, user, id, &edit)).await;
        let span = Span { from: from.unwrap_or(log.started_at), to: to.or(log.ended_at) };
        match done {
            Ok(()) => {
                let text = format!("Changed: {}.", words::span(&zone, span));
                let week = Week::of(span.from, &zone);
                return respond::see_other_saying(&secrets, &words::address(log.contract_id, week), "good", &text);
            }
            Err(Failure::Broken(fault)) => return Err(fault.into()),
            Err(Failure::Refused(why)) if why.kind() == RefusalKind::Invalid => {
                let shell = by.shell();
                let (field, words) = refused::said(&why, &shell.clock);
                errors.add(field, words);
                return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(shell, log, title, errors, (began, ended), &sent));
            }
            Err(Failure::Refused(why)) => {
                let again = Again {
                    span,
                    action: format!("/work-logs/{id}/edit"),
                    note: note.map_or_else(|| log.note.clone(), |note| note.as_str().to_owned()),
                    version: seen.map(|seen| seen.to_string()).unwrap_or_default(),
                };
                let kept =
                    vec![("It is", words::span(&zone, log.span())), ("You entered", words::span(&zone, span)), ("On", again.note.clone())];
                let week = Some(Week::of(log.started_at, &zone));
                let tried = Tried { by: user, contract: log.contract_id, week, again: Some(again), kept };
                return refused::answer(by.shell(), &database, tried, why).await;
            }
        }
    }
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(by.shell(), log, title, errors, (began, ended), &sent))
}

fn form(
    shell: Shell,
    log: WorkLog,
    title: String,
    errors: FieldErrors,
    (began, ended): (times::Typed, times::Typed),
    sent: &Fields,
) -> Page {
    let version = sent.version("version").unwrap_or(log.version);
    Page { shell, log, title, errors, began, ended, note: sent.get("note").to_owned(), version }
}

/// Deletes it; a second click finds it deleted.
pub async fn delete(by: SignedIn, id: Id<WorkLogId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id, seen) = (by.id(), id.0, sent.version("version"));
    let done = database.change(move |conn| delete_work(conn, user, id, seen)).await;
    let done = PageError::unless_refused(done)?;
    moved(by, &database, &secrets, id, done, LogRefused::Deleted, "The session is deleted. You can restore it below, under “Deleted”.")
        .await
}

/// Restores it; a second click finds it there.
pub async fn restore(by: SignedIn, id: Id<WorkLogId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    let done = database.change(move |conn| restore_work(conn, user, id)).await;
    let done = PageError::unless_refused(done)?;
    moved(by, &database, &secrets, id, done, LogRefused::NotDeleted, "The session is back.").await
}

async fn moved(
    by: SignedIn,
    database: &Database,
    secrets: &Secrets,
    id: WorkLogId,
    done: Result<(), LogRefused>,
    twice: LogRefused,
    text: &str,
) -> Answer {
    if let Err(LogRefused::Missing) = done {
        return Err(PageError::NotFound);
    }
    let (user, zone) = (by.id(), shown::zone(Some(&by.person.time_zone)).0);
    let (log, _) = own(database, id, user).await?;
    let week = Week::of(log.started_at, &zone);
    match done {
        Err(why) if why != twice => {
            let tried = Tried { by: user, contract: log.contract_id, week: Some(week), again: None, kept: Vec::new() };
            refused::answer(by.shell(), database, tried, why).await
        }
        _ => respond::see_other_saying(secrets, &words::address(log.contract_id, week), "good", text),
    }
}

impl Page {
    fn week(&self) -> String {
        words::address(self.log.contract_id, Week::of(self.log.started_at, &self.shell.clock))
    }

    fn is_now(&self) -> String {
        words::span(&self.shell.clock, self.log.span())
    }
}
