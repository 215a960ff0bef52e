//! Keeping somebody out.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, closing, projects, sessions, suspensions, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::UserId;
use crate::domain::user::{KeepRefused, User};
use crate::domain::words::Reason;
use crate::operations::{kept, refused};

/// Keeps somebody out until an admin lets them in again: their sign-ins and tokens end, and nothing new is agreed with them.
/// What they have offered stays as it is, and contracts run on. Locked in order are the projects on which they have offered, so
/// that an award comes wholly before or not at all; both accounts; and the profile, so that no offer comes while this is written.
///
/// # Errors
/// [`KeepRefused`], recorded; or whatever broke, with nothing written.
pub fn suspend_person(conn: &mut Connection<'_>, by: UserId, id: UserId, reason: &Reason) -> Result<(), Failure<KeepRefused>> {
    refused(conn, Attempt::new(by, "suspend_person"), |conn| transaction(conn, |tx| suspend(tx, by, id, reason)))
}

fn suspend(tx: &mut Tx<'_>, by: UserId, id: UserId, reason: &Reason) -> Result<(), Failure<KeepRefused>> {
    let offered = closing::projects_offered_for(tx, id)?;
    for project in &offered {
        projects::lock(tx, *project)?;
    }
    let user = kept(tx, (by, id), reason, EventKind::PersonSuspended, User::may_be_suspended)?;
    closing::hold_profile(tx, id)?;
    if closing::projects_offered_for(tx, id)?.iter().any(|project| !offered.contains(project)) {
        return Err(closing::something_came_between().into());
    }
    sessions::write_ended(tx, &user)?;
    Ok(suspensions::write_suspended(tx, &user, reason)?)
}
