//! Writing down what was worked.

use crate::db::work_logs::{self, Hull, Kept};
use crate::db::{Connection, Failure};
use crate::domain::event::EventKind;
use crate::domain::ids::{ContractId, UserId, WorkLogId};
use crate::domain::work::{Entry, LogRefused, Origin};
use crate::operations::{keeping, sit};

/// Writes a session down, under the locks of the contract and of its freelancer; one that goes on into another week is kept in two
/// parts. Answers the first.
///
/// # Errors
/// [`LogRefused`], recorded; or whatever broke, with nothing written.
pub fn record_work(conn: &mut Connection<'_>, by: UserId, contract: ContractId, entry: &Entry) -> Result<WorkLogId, Failure<LogRefused>> {
    keeping(conn, by, "record_work", |tx| {
        let hull = Hull { from: Some(entry.span.from), to: entry.span.to.filter(|to| *to > entry.span.from) };
        let mut desk = sit(tx, by, contract, hull, &[])?;
        let admitted = desk.ground.admit(&desk.contract, entry.span).map_err(Failure::Refused)?;
        let kept = Kept { note: entry.note.as_str(), origin: Origin::Entry, stopped_by_house: false };
        let made = work_logs::write_recorded(tx, &desk.contract, &desk.ground.zone, &admitted, kept)?;
        let id = made.first().copied().unwrap_or(WorkLogId(0));
        desk.tell(tx, Some(by), EventKind::WorkRecorded, id, entry.span)?;
        Ok(id)
    })
}
