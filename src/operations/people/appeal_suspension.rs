//! Asking the house to think again, by somebody who is kept out.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::tickets::Asked;
use crate::db::{Connection, Failure, Tx, events, suspensions, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::Topic;
use crate::domain::user::AppealRefused;
use crate::domain::words::{TicketTitle, TicketWords};
use crate::operations::{open, refused};

/// Opens the one ticket by which somebody asks the house to let them in again, under their account's lock. `since` is the moment
/// from which they were told that they are out: it names the suspension. Who asks has proved to know the password.
///
/// # Errors
/// [`AppealRefused`], recorded; or whatever broke, with nothing written.
pub fn appeal_suspension(
    conn: &mut Connection<'_>,
    by: UserId,
    since: DateTime<Utc>,
    title: &TicketTitle,
    words: &TicketWords,
) -> Result<TicketId, Failure<AppealRefused>> {
    refused(conn, Attempt::new(by, "appeal_suspension"), |conn| transaction(conn, |tx| appeal(tx, by, since, title, words)))
}

fn appeal(
    tx: &mut Tx<'_>,
    by: UserId,
    since: DateTime<Utc>,
    title: &TicketTitle,
    words: &TicketWords,
) -> Result<TicketId, Failure<AppealRefused>> {
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(AppealRefused::Missing))?;
    user.may_appeal(since).map_err(Failure::Refused)?;
    let asked = Asked { topic: Topic::Account, title: title.clone(), contract: None };
    let ticket = open(tx, by, &asked, words).map_err(|failure| match failure {
        // a new ticket is never full
        Failure::Refused(_) => Failure::Refused(AppealRefused::Missing),
        Failure::Broken(fault) => Failure::Broken(fault),
    })?;
    events::append(tx, &mut user, Happening::by(by, EventKind::SuspensionAppealed).facts(json!({ "ticket": ticket })))?;
    suspensions::write_appeal(tx, &user, ticket)?;
    Ok(ticket)
}
