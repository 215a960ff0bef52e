//! Restoring a session that was deleted.

use crate::db::work_logs::{self, Hull, Kept};
use crate::db::{Connection, Failure};
use crate::domain::event::EventKind;
use crate::domain::ids::{UserId, WorkLogId};
use crate::domain::work::LogRefused;
use crate::operations::{keeping, session, sit};

/// Brings a session back, judged as a new one is: something else may have taken its hours.
///
/// # Errors
/// [`LogRefused`], recorded; or whatever broke, with nothing written.
pub fn restore_work(conn: &mut Connection<'_>, by: UserId, id: WorkLogId) -> Result<(), Failure<LogRefused>> {
    keeping(conn, by, "restore_work", |tx| {
        let before = work_logs::find(tx, id)?.ok_or(Failure::Refused(LogRefused::Missing))?;
        // a session that was deleted changes its hours no more
        let mut desk = sit(tx, by, before.contract_id, Hull { from: Some(before.started_at), to: before.ended_at }, &[id])?;
        let log = session(tx, &desk, id, None)?;
        if log.deleted_at.is_none() {
            return Err(Failure::Refused(LogRefused::NotDeleted));
        }
        if log.ended_at.is_none() {
            return Err(Failure::Refused(LogRefused::Endless));
        }
        let admitted = desk.ground.admit(&desk.contract, log.span()).map_err(Failure::Refused)?;
        let kept = Kept { note: &log.note, origin: log.origin, stopped_by_house: log.stopped_by_house };
        work_logs::write_changed(tx, &desk.contract, &desk.ground.zone, &log, &admitted, kept)?;
        desk.tell(tx, Some(by), EventKind::WorkRestored, id, log.span())?;
        Ok(())
    })
}
