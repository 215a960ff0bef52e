//! Work that was not taken: what lies in its way, what that means, and how to go on.

use actix_web::http::StatusCode;
use askama::Template;
use jiff::tz::TimeZone;

use super::words;
use crate::db::{Database, timesheets, work_logs};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::work::{LogRefused, Near, SheetState, Span, Week, free_parts};
use crate::web::error::{PageError, status_of};
use crate::web::projects::conflict;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown;

/// What was tried.
pub struct Tried {
    /// By whom.
    pub by: UserId,
    /// On which contract.
    pub contract: ContractId,
    /// In which week, where that is known.
    pub week: Option<Week>,
    /// From when to when, where a form could be sent again with other hours: where to, with which note and which version.
    pub again: Option<Again>,
    /// What was typed: kept on the page.
    pub kept: conflict::Kept,
}

/// A form that can be sent again.
#[derive(Clone)]
pub struct Again {
    /// The hours that were wanted.
    pub span: Span,
    /// Where to.
    pub action: String,
    /// The note.
    pub note: String,
    /// The version that was seen; empty for new work.
    pub version: String,
}

#[derive(Template)]
#[template(path = "time/overlap.html")]
struct Overlap {
    shell: Shell,
    tried: Tried,
    near: Near,
    title: String,
    parts: Vec<Span>,
}

/// The page of a refusal.
pub async fn answer(shell: Shell, database: &Database, tried: Tried, why: LogRefused) -> Answer {
    let status = status_of(why.kind());
    let back = |week: Option<Week>| {
        let href = week.map_or_else(|| format!("/contracts/{}/time", tried.contract), |week| words::address(tried.contract, week));
        vec![(href, "Look at the week".to_owned())]
    };
    let (title, means) = match why {
        LogRefused::Missing => return Err(PageError::NotFound),
        LogRefused::NotAllowed => {
            return Err(PageError::NotAllowed("The freelancer keeps the time of a contract; you can read it.".to_owned()));
        }
        LogRefused::Overlaps(near) => return overlap(shell, database, tried, near).await,
        LogRefused::WeekIs(week, state) => return week_is(shell, database, tried, week, state).await,
        LogRefused::Taken => {
            ("Other work lies on these hours".to_owned(), "Nobody is paid twice for one minute, on whichever contracts.".to_owned())
        }
        LogRefused::ContractIs(status) => {
            (format!("The contract is {}", status.label().to_lowercase()), "Time is written down while a contract is active.".to_owned())
        }
        LogRefused::OverLimit { week, limit, left } => (
            format!("Week {} has {} left", week.number(), words::long(left)),
            format!("The contract allows {} a week. Agree on another limit with the client first.", words::long(limit)),
        ),
        LogRefused::Changed { .. } => {
            ("This session was changed after you opened it".to_owned(), "Look at it as it is now, then change it.".to_owned())
        }
        LogRefused::Deleted => ("This session was deleted meanwhile".to_owned(), "You can restore it on the page of its week.".to_owned()),
        LogRefused::NotDeleted => ("This session is there".to_owned(), "There is nothing to restore.".to_owned()),
        LogRefused::NotRunning => ("No timer runs on this contract".to_owned(), "It was stopped meanwhile, or never started.".to_owned()),
        LogRefused::Endless => ("This session has no end".to_owned(), "Stop the timer first, then change what it says.".to_owned()),
        LogRefused::NothingToCopy => ("Nothing could be copied".to_owned(), "No session of the week before fits into this one.".to_owned()),
        LogRefused::NoRoom(day) => (
            "The day has no room for these hours".to_owned(),
            format!(
                "On {} there is no gap long enough that has passed already. Write the session down with its times instead.",
                tried.week.and_then(|week| week.days().get(day).copied()).map_or_else(|| "that day".to_owned(), words::day)
            ),
        ),
        LogRefused::NotPositive | LogRefused::TooLong | LogRefused::InFuture | LogRefused::BeforeContract(_) | LogRefused::TooMany => {
            ("These hours are not possible".to_owned(), said(&why, &shell.clock).1)
        }
    };
    let links = back(tried.week);
    let page = conflict::Page { shell, title, undone: "Nothing was saved.", happened: None, means, kept: tried.kept, links };
    respond::page_with(status, &page)
}

/// Which field a refusal is about, and what it says there.
pub fn said(why: &LogRefused, clock: &TimeZone) -> (&'static str, String) {
    match why {
        LogRefused::NotPositive => ("ended_at", "Enter an end that comes after the beginning".to_owned()),
        LogRefused::TooLong => ("ended_at", "Enter at most 24 hours at once".to_owned()),
        LogRefused::InFuture => ("ended_at", "Enter an end that has passed".to_owned()),
        LogRefused::BeforeContract(first) => {
            ("started_at", format!("Enter a beginning from the contract’s first day on: {}", shown::time(clock, *first).words))
        }
        _ => ("started_at", "These hours are not possible".to_owned()),
    }
}

/// The week was sent meanwhile: by whom, and what became of it.
async fn week_is(shell: Shell, database: &Database, tried: Tried, week: Week, state: SheetState) -> Answer {
    let contract = tried.contract;
    let found = database.run(move |conn| Ok(timesheets::named(conn, contract, week)?)).await?.ok_or(PageError::NotFound)?;
    let number = week.number();
    let (at, did) = match (state, &found.decided_by) {
        (SheetState::Approved | SheetState::Invoiced, Some(who)) => (found.sheet.decided_at, format!("{who} approved week {number}")),
        (SheetState::Submitted, _) if tried.by == found.sheet.freelancer_id => {
            (found.sheet.submitted_at, format!("You sent week {number}"))
        }
        _ => (found.sheet.submitted_at, format!("Week {number} was sent")),
    };
    let when = at.map(|at| shown::hour(&shell.clock, at).words).unwrap_or_default();
    let means = match state {
        SheetState::Submitted => "A week that was sent takes no changes. The client can give it back with a question.",
        SheetState::Invoiced => "What was worked in this week stands on an invoice and takes no changes.",
        _ => "What was worked in this week is agreed on and takes no changes.",
    };
    let happened = at.map(|at| (did.clone(), shown::exact(&shell.clock, at)));
    let links = vec![
        (words::address(contract, week), "Look at the week".to_owned()),
        (format!("/contracts/{contract}/messages"), "Ask to reopen the week".to_owned()),
    ];
    let page = conflict::Page {
        title: format!("{did} at {when}"),
        undone: "Your change was not saved.",
        happened,
        means: means.to_owned(),
        kept: tried.kept,
        links,
        shell,
    };
    respond::page_with(StatusCode::CONFLICT, &page)
}

/// Other work of the same freelancer lies there: which, and what could be kept.
async fn overlap(shell: Shell, database: &Database, tried: Tried, near: Near) -> Answer {
    let by = tried.by;
    let taken = match &tried.again {
        Some(Again { span, .. }) => {
            let (from, to) = (span.from, span.to);
            database.run(move |conn| Ok(work_logs::taken(conn, by, from, to)?)).await?
        }
        None => Vec::new(),
    };
    let own = tried.again.as_ref().and_then(|again| own_log(&again.action));
    let taken: Vec<Near> = taken.into_iter().filter(|near| Some(near.id) != own).collect();
    let parts = tried.again.as_ref().map(|again| free_parts(again.span, &taken)).unwrap_or_default();
    let title = if near.to.is_none() { "A timer is running" } else { "You worked on something else then" }.to_owned();
    respond::page_with(StatusCode::CONFLICT, &Overlap { shell, tried, near, title, parts })
}

/// The session that a form changes, from its address.
fn own_log(action: &str) -> Option<crate::domain::ids::WorkLogId> {
    action.strip_prefix("/work-logs/")?.split('/').next()?.parse().ok()
}

impl Overlap {
    fn is_running(&self) -> bool {
        self.near.to.is_none()
    }

    fn reference(&self) -> String {
        self.near.contract.reference()
    }

    fn in_the_way(&self) -> String {
        words::span(&self.shell.clock, self.near.span())
    }

    fn wanted(&self) -> Option<String> {
        self.tried.again.as_ref().map(|again| words::span(&self.shell.clock, again.span))
    }

    fn part(&self, part: &Span) -> String {
        words::span(&self.shell.clock, *part)
    }

    fn from(&self, part: &Span) -> String {
        part.from.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    fn to(&self, part: &Span) -> String {
        part.to.map(|to| to.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)).unwrap_or_default()
    }

    fn back(&self) -> String {
        self.tried.week.map_or_else(|| format!("/contracts/{}/time", self.tried.contract), |week| words::address(self.tried.contract, week))
    }
}
