//! What every act of an admin on an account or a project begins with: locked, judged, written down with its reason.

use serde_json::json;

use crate::db::{Failure, Locked, Tx, act_words, events, projects, suspensions, users};
use crate::domain::chain::words_hash;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::{HoldRefused, Project};
use crate::domain::user::{KeepRefused, User};
use crate::domain::words::Reason;

/// Locks the admin's account and the other one, has `judge` decide, and writes the event with the admin's words beside it.
///
/// # Errors
/// What `judge` says; or whatever broke.
pub fn kept(
    tx: &mut Tx<'_>,
    (by, id): (UserId, UserId),
    reason: &Reason,
    kind: EventKind,
    judge: fn(&User, &User) -> Result<(), KeepRefused>,
) -> Result<Locked<User>, Failure<KeepRefused>> {
    if by == id {
        return Err(Failure::Refused(KeepRefused::Oneself));
    }
    let (keeper, mut user) = suspensions::lock_both(tx, by, id)?.ok_or(Failure::Refused(KeepRefused::Missing))?;
    judge(&user, &keeper).map_err(Failure::Refused)?;
    let words = user.words_hash(&[reason.as_str()]);
    events::append(tx, &mut user, Happening::by(by, kind).subject(id).facts(json!({ "words": words })))?;
    act_words::write(tx, &user, reason)?;
    Ok(user)
}

/// The same for a project: locks it and then the admin's account, has `judge` decide, and writes the event with the admin's words beside it.
///
/// # Errors
/// What `judge` says; or whatever broke.
pub fn kept_project(
    tx: &mut Tx<'_>,
    (by, id): (UserId, ProjectId),
    reason: &Reason,
    kind: EventKind,
    judge: fn(&Project, &User) -> Result<(), HoldRefused>,
) -> Result<Locked<Project>, Failure<HoldRefused>> {
    let missing = || Failure::Refused(HoldRefused::Missing);
    let mut project = projects::lock_for_opening(tx, id)?.ok_or_else(missing)?;
    let keeper = users::lock(tx, by)?.ok_or_else(missing)?;
    judge(&project, &keeper).map_err(Failure::Refused)?;
    let words = words_hash(&project.salt, &[reason.as_str()]);
    events::append(tx, &mut project, Happening::by(by, kind).facts(json!({ "words": words })))?;
    act_words::write(tx, &project, reason)?;
    Ok(project)
}
