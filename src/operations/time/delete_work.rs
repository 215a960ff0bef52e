//! Deleting a session.

use crate::db::work_logs::{self, Hull};
use crate::db::{Connection, Failure};
use crate::domain::event::EventKind;
use crate::domain::ids::{UserId, WorkLogId};
use crate::domain::work::LogRefused;
use crate::operations::{keeping, session, sit};

/// Deletes a session, or a timer that runs; it bars no other from then on, and can be restored.
///
/// # Errors
/// [`LogRefused`], recorded; or whatever broke, with nothing written.
pub fn delete_work(conn: &mut Connection<'_>, by: UserId, id: WorkLogId, seen: Option<i32>) -> Result<(), Failure<LogRefused>> {
    keeping(conn, by, "delete_work", |tx| {
        let before = work_logs::find(tx, id)?.ok_or(Failure::Refused(LogRefused::Missing))?;
        let mut desk = sit(tx, by, before.contract_id, Hull { from: Some(before.started_at), to: None }, &[id])?;
        let log = session(tx, &desk, id, None)?;
        if log.deleted_at.is_some() {
            return Err(Failure::Refused(LogRefused::Deleted));
        }
        let log = session(tx, &desk, id, seen)?;
        desk.ground.stands(log.span()).map_err(Failure::Refused)?;
        work_logs::write_deleted(tx, &desk.contract, &log)?;
        desk.tell(tx, Some(by), EventKind::WorkDeleted, id, log.span())?;
        Ok(())
    })
}
