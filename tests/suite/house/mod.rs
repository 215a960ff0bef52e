//! The rooms for admins, who keep the house.
pub mod abuse;
mod health;
mod history;
mod holds;
mod killed;
mod letters;
mod organisations;
mod overview;
mod people;
mod projects;
mod races;

use diesel::pg::PgConnection;
use guildhall::db::Failure;
use guildhall::domain::ids::{ProjectId, UserId};
use guildhall::domain::project::HoldRefused;
use guildhall::domain::user::KeepRefused;
use guildhall::domain::words::Reason;
use guildhall::operations::people::{lift_suspension, suspend_person};
use guildhall::operations::projects::{hold_project, release_project};

use crate::support::given::patient;

/// Why an admin acts.
pub fn reason(text: &str) -> Reason {
    Reason::parse(text).expect("a reason")
}

/// Keeps somebody out.
pub fn suspends(conn: &mut PgConnection, by: UserId, id: UserId) -> Result<(), Failure<KeepRefused>> {
    suspend_person(&mut patient(conn), by, id, &reason("Asked clients to pay elsewhere."))
}

/// Lets somebody in again.
pub fn lifts(conn: &mut PgConnection, by: UserId, id: UserId) -> Result<(), Failure<KeepRefused>> {
    lift_suspension(&mut patient(conn), by, id, &reason("They have explained it."))
}

/// Holds a project.
pub fn holds(conn: &mut PgConnection, by: UserId, id: ProjectId) -> Result<(), Failure<HoldRefused>> {
    hold_project(&mut patient(conn), by, id, &reason("Asked freelancers to pay a deposit."))
}

/// Lets it go on.
pub fn releases(conn: &mut PgConnection, by: UserId, id: ProjectId) -> Result<(), Failure<HoldRefused>> {
    release_project(&mut patient(conn), by, id, &reason("It was a misunderstanding."))
}
