//! What admins did to something, with their reasons: a list below it, and what who came too late reads.

use actix_web::http::StatusCode;

use crate::db::Database;
use crate::db::act_words::{self, Act};
use crate::domain::event::{EventKind, Root};
use crate::web::projects::conflict;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// One act.
pub struct Told {
    /// When.
    pub at: Moment,
    /// Who did what.
    pub says: String,
    /// Why, as it was typed.
    pub words: String,
}

/// The acts, as they came.
pub fn told(shell: &Shell, acts: Vec<Act>) -> Vec<Told> {
    let told = |act: Act| {
        let who = act.by.as_deref().unwrap_or("The house");
        Told { at: shown::exact(&shell.clock, act.at), says: format!("{who} {}.", did(&act.kind)), words: act.words }
    };
    acts.into_iter().map(told).collect()
}

/// An act that came too late.
pub struct TooLate {
    /// What happened first.
    pub title: &'static str,
    /// What it means now.
    pub means: &'static str,
    /// Whether the last act on it is what came first.
    pub is_last_act: bool,
    /// What was typed: kept on the page.
    pub reason: String,
    /// Where to look.
    pub link: (String, &'static str),
}

/// Who was first, and what now.
pub async fn too_late(shell: Shell, database: &Database, root: Root, late: TooLate) -> Answer {
    let last = database.run(move |conn| Ok(act_words::of(conn, root)?)).await?;
    let happened = told(&shell, last).into_iter().next().filter(|_| late.is_last_act).map(|act| (act.says, act.at));
    let page = conflict::Page {
        shell,
        title: late.title.to_owned(),
        undone: "Nothing was changed, and nobody was told.",
        happened,
        means: late.means.to_owned(),
        kept: vec![("Your reason", late.reason)],
        links: vec![(late.link.0, late.link.1.to_owned())],
    };
    respond::page_with(StatusCode::CONFLICT, &page)
}

fn did(kind: &str) -> &'static str {
    match EventKind::parse(kind) {
        Some(EventKind::PersonSuspended) => "suspended the account",
        Some(EventKind::SuspensionLifted) => "let the person in again",
        Some(EventKind::ProjectHeld) => "put the project on hold",
        Some(EventKind::ProjectReleased) => "released the project",
        Some(EventKind::SignInsEnded) => "ended all sign-ins",
        Some(EventKind::HoursChanged) => "changed the house’s hours",
        Some(EventKind::WaitEnded) => "ended what held others up in the database",
        _ => "did something",
    }
}
