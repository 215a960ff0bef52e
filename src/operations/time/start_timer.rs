//! Starting a timer.

use crate::db::work_logs::{self, Hull, Kept};
use crate::db::{Connection, Failure};
use crate::domain::event::EventKind;
use crate::domain::ids::{ContractId, UserId, WorkLogId};
use crate::domain::words::WorkNote;
use crate::domain::work::{LogRefused, Origin, Span, whole_minute};
use crate::operations::{keeping, sit};

/// Starts a timer at this minute, by the database's clock. While it runs, nothing that begins later is taken, on whichever contract: so
/// that no second one runs.
///
/// # Errors
/// [`LogRefused`], recorded; or whatever broke, with nothing written.
pub fn start_timer(conn: &mut Connection<'_>, by: UserId, contract: ContractId, note: &WorkNote) -> Result<WorkLogId, Failure<LogRefused>> {
    keeping(conn, by, "start_timer", |tx| {
        let mut desk = sit(tx, by, contract, Hull::default(), &[])?;
        let span = Span { from: whole_minute(desk.ground.at), to: None };
        let admitted = desk.ground.admit(&desk.contract, span).map_err(Failure::Refused)?;
        let kept = Kept { note: note.as_str(), origin: Origin::Timer, stopped_by_house: false };
        let made = work_logs::write_recorded(tx, &desk.contract, &desk.ground.zone, &admitted, kept)?;
        let id = made.first().copied().unwrap_or(WorkLogId(0));
        desk.tell(tx, Some(by), EventKind::WorkStarted, id, span)?;
        Ok(id)
    })
}
