//! The rooms for admins, who keep the house.
mod killed;
mod overview;
mod people;
mod races;

use diesel::pg::PgConnection;
use guildhall::db::Failure;
use guildhall::domain::ids::UserId;
use guildhall::domain::user::KeepRefused;
use guildhall::domain::words::Reason;
use guildhall::operations::people::{lift_suspension, suspend_person};

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
