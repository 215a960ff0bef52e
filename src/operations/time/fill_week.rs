//! Typing hours into the table of a week.

use serde_json::json;

use crate::db::work_logs::{self, Hull, Kept};
use crate::db::{Connection, Failure, Tx};
use crate::domain::event::EventKind;
use crate::domain::ids::{ContractId, UserId, WorkLogId};
use crate::domain::work::{Cell, LogRefused, MOST_AT_ONCE, Minutes, Origin, Span, Week, WorkLog};
use crate::operations::{Desk, keeping, sit};

/// Writes what was typed into a week's table: all of it or nothing. A session whose hours were changed keeps its beginning, one of
/// no hours is deleted, and new hours go behind the day's last session. Answers how many changed.
///
/// # Errors
/// [`LogRefused`], recorded; or whatever broke, with nothing written.
pub fn fill_week(
    conn: &mut Connection<'_>,
    by: UserId,
    contract: ContractId,
    week: Week,
    cells: &[Cell],
) -> Result<bool, Failure<LogRefused>> {
    keeping(conn, by, "fill_week", |tx| {
        if cells.len() > MOST_AT_ONCE {
            return Err(Failure::Refused(LogRefused::TooMany));
        }
        let changing: Vec<WorkLogId> = cells.iter().filter_map(|cell| cell.log.map(|(id, _)| id)).collect();
        // a day on either side, whatever the zone
        let (from, to) = week.edges(&jiff::tz::TimeZone::UTC);
        let hull = Hull { from: Some(from - chrono::TimeDelta::days(2)), to: Some(to + chrono::TimeDelta::days(2)) };
        let mut desk = sit(tx, by, contract, hull, &changing)?;
        if cells.is_empty() {
            return Ok(false);
        }
        let logs = work_logs::find_all(tx, &changing)?;
        fill(tx, &mut desk, week, cells, &logs)?;
        let minutes: i64 = cells.iter().map(|cell| cell.minutes.0).sum();
        desk.tell_of(
            tx,
            Some(by),
            EventKind::WorkBrought,
            json!({ "week": week.to_string(), "sessions": cells.len(), "minutes": minutes }),
        )?;
        Ok(true)
    })
}

fn fill(tx: &mut Tx<'_>, desk: &mut Desk, week: Week, cells: &[Cell], logs: &[WorkLog]) -> Result<(), Failure<LogRefused>> {
    let refused = |why| Failure::Refused(why);
    let mut old = Vec::new();
    for cell in cells {
        let Some((id, seen)) = cell.log else { continue };
        let log = logs.iter().find(|log| log.id == id && log.contract_id == desk.contract.id).ok_or(refused(LogRefused::Missing))?;
        // the state of the week says more than a version that is old because of it
        desk.ground.stands(log.span()).map_err(refused)?;
        if log.deleted_at.is_some() {
            return Err(refused(LogRefused::Deleted));
        }
        if log.version != seen {
            return Err(refused(LogRefused::Changed { seen, now: log.version }));
        }
        if log.ended_at.is_none() {
            return Err(refused(LogRefused::Endless));
        }
        old.push((cell, log));
    }
    for (_, log) in old.iter().filter(|(cell, _)| cell.minutes.is_zero()) {
        work_logs::write_deleted(tx, &desk.contract, log)?;
    }
    let changed: Vec<_> = old.iter().filter(|(cell, _)| !cell.minutes.is_zero()).collect();
    let ids: Vec<WorkLogId> = changed.iter().map(|(_, log)| log.id).collect();
    work_logs::write_set_aside(tx, desk.contract.at, &ids)?;
    for (cell, log) in changed {
        let span = Span { from: log.started_at, to: Some(log.started_at + chrono::TimeDelta::minutes(cell.minutes.0)) };
        let admitted = desk.ground.admit(&desk.contract, span).map_err(refused)?;
        let kept = Kept { note: &log.note, origin: log.origin, stopped_by_house: false };
        work_logs::write_changed(tx, &desk.contract, &desk.ground.zone, log, &admitted, kept)?;
    }
    for cell in cells.iter().filter(|cell| cell.log.is_none() && cell.minutes > Minutes(0)) {
        let span = desk.ground.room(week, cell.day, cell.minutes).ok_or(refused(LogRefused::NoRoom(cell.day)))?;
        let admitted = desk.ground.admit(&desk.contract, span).map_err(refused)?;
        let kept = Kept { note: cell.note.as_str(), origin: Origin::Hours, stopped_by_house: false };
        work_logs::write_recorded(tx, &desk.contract, &desk.ground.zone, &admitted, kept)?;
    }
    Ok(())
}
