//! What both sides of a project read while the house holds it.

use jiff::tz::TimeZone;

use super::conflict::{self, Cannot, Kept, Wanted};
use crate::db::{Database, projects};
use crate::domain::project::Project;
use crate::web::error::PageError;
use crate::web::respond::Answer;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// Since when, and why.
#[derive(Debug, Clone)]
pub struct Hold {
    /// Since when.
    pub at: Moment,
    /// Why, as the admin typed it.
    pub reason: String,
}

/// The hold on a project, where there is one, with its time in this zone.
pub fn of(project: &Project, zone: &TimeZone) -> Option<Hold> {
    let at = project.held_at?;
    Some(Hold { at: shown::exact(zone, at), reason: project.held_for.clone().unwrap_or_default() })
}

/// The page for an act that the hold keeps from being done: who, when and why, and what now.
pub async fn refused(database: &Database, shell: Shell, wanted: Wanted) -> Answer {
    let id = wanted.project;
    let project = database.run(move |conn| Ok(projects::find(conn, id)?)).await?.ok_or(PageError::NotFound)?;
    let hold = of(&project, &shell.clock);
    let reason = hold.as_ref().map(|hold| format!(" Its reason: {}", hold.reason)).unwrap_or_default();
    let links =
        vec![(format!("/projects/{id}"), "Look at the project".to_owned()), ("/tickets/new".to_owned(), "Ask the house".to_owned())];
    let why = Cannot {
        title: "The house holds this project".to_owned(),
        means: format!("Until the house releases it, it takes no proposals, and nobody changes, publishes or decides it.{reason}"),
        links,
    };
    let kept: Kept = wanted.typed.as_ref().map(super::typed::Typed::kept).unwrap_or_default();
    conflict::cannot_since(shell, &wanted, why, hold.map(|hold| ("The house put it on hold".to_owned(), hold.at)), kept)
}
