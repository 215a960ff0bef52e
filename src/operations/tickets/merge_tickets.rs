//! Having one ticket go on in another one of the same person.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, notices, tickets, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::ticket::{TicketAct, TicketRefused, TicketStatus};
use crate::operations::{behind_window, once, refused};

/// Closes the one and names the other in it, under the locks of both, the lower number's first: so two merges that cross are
/// one after the other, and the second finds what the first did. Whoever asked is told.
///
/// # Errors
/// [`TicketRefused`], recorded; or whatever broke, with nothing written.
pub fn merge_tickets(conn: &mut Connection<'_>, by: UserId, source: TicketId, target: TicketId) -> Result<(), Failure<TicketRefused>> {
    let attempt = Attempt::new(by, "merge_tickets");
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| merge(tx, by, source, target))))
}

fn merge(tx: &mut Tx<'_>, by: UserId, source: TicketId, target: TicketId) -> Result<(), Failure<TicketRefused>> {
    if source == target {
        return Err(Failure::Refused(TicketRefused::Same));
    }
    let lower = behind_window(tx, source.min(target), by)?;
    let higher = behind_window(tx, source.max(target), by)?;
    let (mut source, mut target) = if lower.ticket.id == source { (lower, higher) } else { (higher, lower) };
    let merge = source.ticket.merge_into(&target.ticket, target.desk.entries).map_err(Failure::Refused)?;
    tickets::write_merged(tx, &source.ticket, merge)?;
    let mut ended = source.entry(Some(by), TicketAct::Merged);
    (ended.from, ended.to) = (Some(source.ticket.status), Some(TicketStatus::Closed));
    ended.ticket = Some(merge.target);
    source.tell(tx, &ended, EventKind::TicketMerged, None, &json!({ "into": merge.target }))?;
    let mut joined = target.entry(Some(by), TicketAct::Joined);
    joined.ticket = Some(merge.source);
    target.tell(tx, &joined, EventKind::TicketMerged, None, &json!({ "from": merge.source }))?;
    notices::tell(tx, &target.ticket, by, &[Notice::person(NoticeKind::TicketAnswered, target.ticket.opener_id)])?;
    Ok(())
}
