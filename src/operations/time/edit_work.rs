//! Changing what was written down.

use crate::db::work_logs::{self, Hull, Kept};
use crate::db::{Connection, Failure};
use crate::domain::event::EventKind;
use crate::domain::ids::{UserId, WorkLogId};
use crate::domain::words::WorkNote;
use crate::domain::work::{LogRefused, Span};
use crate::operations::{keeping, session, sit};

/// What a session should be.
#[derive(Debug, Clone)]
pub struct Edit {
    /// From when to when; what is not said stays.
    pub from: Option<chrono::DateTime<chrono::Utc>>,
    /// Until when.
    pub to: Option<chrono::DateTime<chrono::Utc>>,
    /// On what.
    pub note: Option<WorkNote>,
    /// The version that the person saw.
    pub seen: Option<i32>,
}

/// Gives a session other hours or another note, judged as a new one is. A timer is stopped first.
///
/// # Errors
/// [`LogRefused`], recorded; or whatever broke, with nothing written.
pub fn edit_work(conn: &mut Connection<'_>, by: UserId, id: WorkLogId, edit: &Edit) -> Result<(), Failure<LogRefused>> {
    keeping(conn, by, "edit_work", |tx| {
        let missing = || Failure::Refused(LogRefused::Missing);
        let before = work_logs::find(tx, id)?.ok_or_else(missing)?;
        // what was read before the locks says only where to look
        let far = [Some(before.started_at), edit.from].into_iter().flatten().min();
        let late = [before.ended_at, edit.to].into_iter().flatten().max();
        let mut desk = sit(tx, by, before.contract_id, Hull { from: far, to: late.filter(|late| far < Some(*late)) }, &[id])?;
        let log = session(tx, &desk, id, edit.seen)?;
        if log.deleted_at.is_some() {
            return Err(Failure::Refused(LogRefused::Deleted));
        }
        let Some(ended_at) = log.ended_at else { return Err(Failure::Refused(LogRefused::Endless)) };
        if log.version != before.version {
            // somebody moved it between the two readings: looked at again around where it is now
            let (from, to) = (edit.from.unwrap_or(log.started_at).min(log.started_at), edit.to.unwrap_or(ended_at).max(ended_at));
            desk.ground =
                work_logs::ground(tx, &mut desk.contract, Hull { from: Some(from), to: Some(to).filter(|to| *to > from) }, &[id])?;
        }
        let ground = &mut desk.ground;
        ground.stands(log.span()).map_err(Failure::Refused)?;
        let span = Span { from: edit.from.unwrap_or(log.started_at), to: Some(edit.to.unwrap_or(ended_at)) };
        let admitted = ground.admit(&desk.contract, span).map_err(Failure::Refused)?;
        let note = edit.note.as_ref().map_or(log.note.as_str(), WorkNote::as_str);
        // hours that a person gave are not the house's any more
        let kept = Kept { note, origin: log.origin, stopped_by_house: log.stopped_by_house && span == log.span() };
        work_logs::write_changed(tx, &desk.contract, &desk.ground.zone, &log, &admitted, kept)?;
        desk.tell(tx, Some(by), EventKind::WorkChanged, id, span)?;
        Ok(())
    })
}
