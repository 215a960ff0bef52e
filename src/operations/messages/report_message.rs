//! Telling the house about a message.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, messages, transaction, users};
use crate::domain::chain::words_hash;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{MessageId, UserId};
use crate::domain::message::ReportRefused;
use crate::domain::words::Reason;
use crate::operations::refused;

/// Keeps what somebody says of a message that they can read, under the lock of their account; the other side is told
/// nothing. A second time changes nothing.
///
/// # Errors
/// [`ReportRefused`], recorded; or whatever broke, with nothing written.
pub fn report_message(conn: &mut Connection<'_>, by: UserId, id: MessageId, reason: &Reason) -> Result<(), Failure<ReportRefused>> {
    let attempt = Attempt { by, act: "report_message", project: None, proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| report(tx, by, id, reason)))
}

fn report(tx: &mut Tx<'_>, by: UserId, id: MessageId, reason: &Reason) -> Result<(), Failure<ReportRefused>> {
    let missing = || Failure::Refused(ReportRefused::Missing);
    let mut user = users::lock(tx, by)?.ok_or_else(missing)?;
    let (author, ..) = messages::readable(tx, id, by)?.ok_or_else(missing)?;
    if author == by {
        return Err(Failure::Refused(ReportRefused::Own));
    }
    if messages::write_reported(tx, &user, id, reason)? {
        let words = words_hash(&user.salt, &[reason.as_str()]);
        let what = Happening::by(by, EventKind::MessageReported).facts(json!({ "message": id, "words": words }));
        events::append(tx, &mut user, what)?;
    }
    Ok(())
}
