//! Bringing sessions from a file: looked through first, then written down, all or none.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use jiff::tz::TimeZone;

use super::refused::{self, Tried};
use super::{times, words};
use crate::db::contracts::Named;
use crate::db::{Database, contracts};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::words::WorkNote;
use crate::domain::work::{Entry, FileRow, LogRefused, MOST_AT_ONCE, Minutes, Span, read_file, read_time};
use crate::operations::time::{import_work, try_import};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::imports::multipart::Upload;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

/// A row as the page shows it: its hours, its note, how long, and what is wrong with it.
struct Shown {
    span: String,
    note: String,
    long: Minutes,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "time/bring.html")]
struct Page {
    shell: Shell,
    named: Named,
    errors: FieldErrors,
    rows: Vec<Shown>,
    /// The file itself, to be sent again.
    text: String,
}

/// The contract, for its freelancer alone.
async fn own(database: &Database, id: ContractId, user: UserId) -> Result<Named, PageError> {
    let named = database.run(move |conn| Ok(contracts::find_for(conn, id, user)?)).await?.ok_or(PageError::NotFound)?;
    if named.contract.freelancer_id == user {
        Ok(named)
    } else {
        Err(PageError::NotAllowed("The freelancer keeps the time of a contract; you can read it.".to_owned()))
    }
}

/// Shows the form.
pub async fn page(by: SignedIn, id: Id<ContractId>, database: Database) -> Answer {
    let named = own(&database, id.0, by.id()).await?;
    respond::page(&Page { shell: by.shell(), named, errors: FieldErrors::new(), rows: Vec::new(), text: String::new() })
}

/// Looks a file through: nothing is written down yet.
pub async fn look(by: SignedIn, id: Id<ContractId>, database: Database, sent: Upload) -> Answer {
    let text = String::from_utf8_lossy(&sent.bytes).into_owned();
    show(by, id.0, &database, &sent.bytes, text, StatusCode::OK).await
}

/// Writes its sessions down.
pub async fn submit(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, contract, text) = (by.id(), id.0, sent.get("text").to_owned());
    let zone = shown::zone(Some(&by.person.time_zone)).0;
    let entries: Option<Vec<Entry>> =
        read_file(text.as_bytes()).ok().and_then(|rows| rows.iter().map(|row| entry(row, &zone).ok()).collect());
    if let Some(entries) = entries {
        let wanted = entries.clone();
        let done = database.change(move |conn| import_work(conn, user, contract, &wanted)).await;
        match PageError::unless_refused(done)? {
            Ok(brought) if brought.written => {
                let sessions = if entries.len() == 1 { "1 session".to_owned() } else { format!("{} sessions", entries.len()) };
                let text = format!("{sessions} written down.");
                return respond::see_other_saying(&secrets, &format!("/contracts/{contract}/time"), "good", &text);
            }
            Ok(_) => {}
            Err(why) => {
                let tried = Tried { by: user, contract, week: None, again: None, kept: Vec::new() };
                return refused::answer(by.shell(), &database, tried, why).await;
            }
        }
    }
    show(by, contract, &database, text.as_bytes(), text.clone(), StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn show(by: SignedIn, id: ContractId, database: &Database, bytes: &[u8], text: String, status: StatusCode) -> Answer {
    let user = by.id();
    let named = own(database, id, user).await?;
    let shell = by.shell();
    let mut errors = FieldErrors::new();
    let Some(rows) = errors.take("file", read_file(bytes)) else {
        let page = Page { shell, named, errors, rows: Vec::new(), text: String::new() };
        return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let read: Vec<_> = rows.iter().map(|row| entry(row, &shell.clock)).collect();
    let entries: Vec<Entry> = read.iter().flatten().cloned().collect();
    let judged = database.change(move |conn| try_import(conn, user, id, &entries)).await;
    let mut fates = match PageError::unless_refused(judged)? {
        Ok(judged) => judged.rows.into_iter(),
        Err(why) => {
            let tried = Tried { by: user, contract: id, week: None, again: None, kept: Vec::new() };
            return refused::answer(shell, database, tried, why).await;
        }
    };
    let shown = read
        .into_iter()
        .zip(&rows)
        .map(|(read, row)| match read {
            Ok(entry) => Shown {
                span: words::span(&shell.clock, entry.span),
                note: entry.note.as_str().to_owned(),
                long: entry.span.minutes(),
                wrong: fates.next().flatten().map(|why| fate(&why, &shell.clock)),
            },
            Err(wrong) => Shown {
                span: format!("{} to {}", row.started_at, row.ended_at),
                note: row.note.clone(),
                long: Minutes(0),
                wrong: Some(wrong),
            },
        })
        .collect();
    respond::page_with(status, &Page { shell, named, errors, rows: shown, text })
}

/// A row as a session; or what is wrong with it.
fn entry(row: &FileRow, zone: &TimeZone) -> Result<Entry, String> {
    let time = |text: &str| read_time(zone, text).map_err(|wrong| times::words(wrong, zone, text));
    let span = Span { from: time(&row.started_at)?, to: Some(time(&row.ended_at)?) };
    let note = WorkNote::parse(&row.note).map_err(|wrong| wrong.to_string())?;
    Ok(Entry { span, note })
}

/// Why a row is not taken, in short.
fn fate(why: &LogRefused, clock: &TimeZone) -> String {
    match why {
        LogRefused::Overlaps(near) if near.id.0 == 0 => format!("Another row lies there: {}", words::span(clock, near.span())),
        LogRefused::Overlaps(near) => format!("{} lies there: {}", near.contract.reference(), words::span(clock, near.span())),
        LogRefused::WeekIs(week, state) => format!("Week {} is {}", week.number(), state.label().to_lowercase()),
        LogRefused::OverLimit { week, left, .. } => format!("Week {} has {} left", week.number(), words::long(*left)),
        LogRefused::ContractIs(status) => format!("The contract is {}", status.label().to_lowercase()),
        other => refused::said(other, clock).1,
    }
}

impl Page {
    fn is_sound(&self) -> bool {
        !self.rows.is_empty() && self.rows.iter().all(|row| row.wrong.is_none())
    }

    fn total(&self) -> Minutes {
        self.rows.iter().map(|row| row.long).sum()
    }
}
