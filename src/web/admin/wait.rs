//! Ending a wait by hand: a page that says what happens, and the act.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::jobs::milliseconds;
use crate::db::Database;
use crate::db::lock_waits::{self, Held};
use crate::domain::field_errors::FieldErrors;
use crate::domain::wait::{Wait, WaitRefused, WaitSide};
use crate::domain::words::Reason;
use crate::operations::house::end_wait;
use crate::web::context::{Admin, Id};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::conflict;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

/// Which statement of the process, in microseconds since 1970.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Asked {
    began: i64,
}

#[derive(Template)]
#[template(path = "admin/wait.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    held: Held,
    /// How many wait for it, one behind the other.
    behind: usize,
    began: i64,
    reason: String,
}

/// Asks.
pub async fn page(by: Admin, Id(pid): Id<i32>, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let began = asked.map(|asked| asked.began).ok_or(PageError::NotFound)?;
    shown(by, (pid, began), &database, StatusCode::OK, FieldErrors::new(), String::new()).await
}

async fn shown(
    by: Admin,
    (pid, began): (i32, i64),
    database: &Database,
    status: StatusCode,
    errors: FieldErrors,
    reason: String,
) -> Answer {
    let all = database.run(|conn| Ok(lock_waits::list(conn)?)).await?;
    let behind = super::waits::behind(pid, &all);
    let held = all.into_iter().find(|held| held.pid == pid && held.is_ours && stamp(held) == Some(began));
    match held {
        Some(held) => respond::page_with(status, &Page { shell: by.shell(), errors, held, behind, began, reason }),
        None => over(by.shell(), reason),
    }
}

/// Ends it.
pub async fn submit(by: Admin, Id(pid): Id<i32>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let began: i64 = sent.get("began").parse().map_err(|_| PageError::NotFound)?;
    let at = DateTime::<Utc>::from_timestamp_micros(began).ok_or(PageError::NotFound)?;
    let side = WaitSide::parse(sent.get("side")).ok_or(PageError::NotFound)?;
    let mut errors = FieldErrors::new();
    let Some(reason) = errors.take("reason", Reason::parse(sent.get("reason"))) else {
        let typed = sent.get("reason").to_owned();
        return shown(by, (pid, began), &database, StatusCode::UNPROCESSABLE_ENTITY, errors, typed).await;
    };
    let (user, wait, typed) = (by.id(), Wait { pid, began: at, side }, reason.as_str().to_owned());
    let done = database.change(move |conn| end_wait(conn, user, wait, &reason)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, "/admin/locks", "good", "It was ended. What it had begun is undone whole."),
        Err(WaitRefused::Over) => over(by.shell(), typed),
        Err(WaitRefused::Missing) => Err(PageError::NotFound),
    }
}

/// Nothing is left to end.
fn over(shell: Shell, reason: String) -> Answer {
    let page = conflict::Page {
        shell,
        title: "This wait is over".to_owned(),
        undone: "Nothing was ended.",
        happened: None,
        means: "It ended by itself, somebody else ended it, or the process does something else by now.".to_owned(),
        kept: if reason.is_empty() { Vec::new() } else { vec![("Your reason", reason)] },
        links: vec![("/admin/locks".to_owned(), "See who waits now".to_owned())],
    };
    respond::page_with(StatusCode::CONFLICT, &page)
}

/// Which statement it is: as addresses and forms name it.
pub(super) fn stamp(held: &Held) -> Option<i64> {
    held.began.map(|began| began.timestamp_micros())
}

impl Page {
    fn side(&self) -> WaitSide {
        if self.held.waited.is_some() { WaitSide::Waits } else { WaitSide::Holds }
    }

    fn waits(&self) -> bool {
        self.side() == WaitSide::Waits
    }

    fn lasts(&self) -> String {
        milliseconds(self.held.lasts)
    }

    fn waited(&self) -> String {
        self.held.waited.map(milliseconds).unwrap_or_default()
    }
}
