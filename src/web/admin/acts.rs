//! What admins did to something, with their reasons: a list below it.

use crate::db::act_words::Act;
use crate::domain::event::EventKind;
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
