//! A project that changes while it is open: every proposal made before is flagged until its freelancer confirms it.
mod accepting;
mod confirming;
mod history;
mod races;

use diesel::PgConnection;
use guildhall::db::Failure;
use guildhall::domain::project::ProjectContent;
use guildhall::domain::proposal::ConfirmRefused;
use guildhall::domain::refusal::Refusal;
use guildhall::domain::words::Description;
use guildhall::operations::projects::edit_project;
use guildhall::operations::proposals::confirm_scope;

use crate::support::given::{self, OpenProject, patient};

/// The manager asks for something else: a budget and a sentence, numbered.
pub fn edit(conn: &mut PgConnection, on: &OpenProject, number: i64) {
    edit_project(&mut patient(conn), on.organisation.manager.id, on.id, &words(on, number), None).expect("an edit");
}

/// The words of that edit.
pub fn words(on: &OpenProject, number: i64) -> ProjectContent {
    let mut words = given::project_words();
    words.deadline = on.deadline;
    words.budget_max = 900_000 + number * 100;
    words.description = Description::parse(&format!("Scanners, shelves and a till.\nAnd {number} scales.")).expect("a description");
    words
}

/// The first freelancer confirms what they have seen.
pub fn confirm(conn: &mut PgConnection, on: &OpenProject, scope: i32) -> Result<(), ConfirmRefused> {
    said(confirm_scope(&mut patient(conn), on.freelancers[0].id, on.proposals[0], Some(1), Some(scope)))
}

/// The outcome, or the refusal; a fault fails the test.
pub fn said<T, E: Refusal>(done: Result<T, Failure<E>>) -> Result<T, E> {
    match done {
        Ok(done) => Ok(done),
        Err(Failure::Refused(why)) => Err(why),
        Err(Failure::Broken(fault)) => panic!("a fault instead of a refusal: {fault}"),
    }
}
