//! Telling the house about a project, a profile or a review.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, abuse, events, freelancers, projects, transaction, users};
use crate::domain::abuse::{AbuseOf, AbuseRefused, Subject};
use crate::domain::chain::words_hash;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::words::Reason;
use crate::operations::refused;

/// Keeps what somebody says of something that they can read, under the lock of their account; whoever it is about is told
/// nothing. A second time changes nothing.
///
/// # Errors
/// [`AbuseRefused`], recorded; or whatever broke, with nothing written.
pub fn report_abuse(conn: &mut Connection<'_>, by: UserId, subject: Subject, reason: &Reason) -> Result<(), Failure<AbuseRefused>> {
    refused(conn, Attempt::new(by, "report_abuse"), |conn| transaction(conn, |tx| report(tx, by, subject, reason)))
}

fn report(tx: &mut Tx<'_>, by: UserId, subject: Subject, reason: &Reason) -> Result<(), Failure<AbuseRefused>> {
    let missing = || Failure::Refused(AbuseRefused::Missing);
    let mut user = users::lock(tx, by)?.ok_or_else(missing)?;
    if is_own(tx, by, subject)?.ok_or_else(missing)? {
        return Err(Failure::Refused(AbuseRefused::Own));
    }
    let full = abuse::room_again(tx, &user)?;
    let Some(id) = abuse::write_reported(tx, &user, subject, reason)? else { return Ok(()) };
    if let Some(again_at) = full {
        return Err(Failure::Refused(AbuseRefused::TooMany { again_at, at: user.at }));
    }
    let words = words_hash(&user.salt, &[reason.as_str()]);
    let what =
        Happening::by(by, EventKind::AbuseReported).facts(json!({ "report": id, "of": subject.of, "id": subject.id, "words": words }));
    events::append(tx, &mut user, what)?;
    Ok(())
}

/// Whether it is their own; nothing where they may not know of it.
fn is_own(tx: &mut Tx<'_>, by: UserId, subject: Subject) -> Result<Option<bool>, Failure<AbuseRefused>> {
    Ok(match subject.of {
        AbuseOf::Project => projects::seen_by(tx, ProjectId(subject.id), Some(by))?.map(|view| view.role.is_some()),
        AbuseOf::Profile => freelancers::named(tx, UserId(subject.id))?.filter(|(.., is_out)| !is_out).map(|_| subject.id == by.0),
        AbuseOf::Review => abuse::review(tx, subject.id, by)?.map(|said| said.is_own),
    })
}
