//! Copying the sessions of the week before.

use serde_json::json;

use crate::db::work_logs::{self, Hull, Kept};
use crate::db::{Connection, Failure, timesheets};
use crate::domain::event::EventKind;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::work::{LogRefused, Minutes, Origin, Week, week_later};
use crate::operations::{Outcome, keeping, sit};

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// So many sessions.
    pub sessions: i64,
    /// So many were left out: other work lies there, they have not happened yet, or the limit left no room.
    pub left_out: i64,
}

impl Outcome for Copied {
    fn kept(&self) -> (i64, bool) {
        (self.sessions, true)
    }
    fn again(made: i64, _: bool) -> Self {
        Self { sessions: made, left_out: 0 }
    }
}

/// Copies what was worked in the week before into this one, at the same times by the clock on the wall; each that may not be there is
/// left out.
///
/// # Errors
/// [`LogRefused`], recorded; or whatever broke, with nothing written.
pub fn copy_last_week(conn: &mut Connection<'_>, by: UserId, contract: ContractId, week: Week) -> Result<Copied, Failure<LogRefused>> {
    keeping(conn, by, "copy_last_week", |tx| {
        let (from, to) = week.edges(&jiff::tz::TimeZone::UTC);
        let hull = Hull { from: Some(from - chrono::TimeDelta::days(2)), to: Some(to + chrono::TimeDelta::days(2)) };
        let mut desk = sit(tx, by, contract, hull, &[])?;
        desk.contract.takes_time().map_err(Failure::Refused)?;
        let before = timesheets::find(tx, contract, week.previous())?;
        let sessions = before.map(|sheet| work_logs::in_week(tx, &sheet)).transpose()?.unwrap_or_default();
        let zone = desk.ground.zone.clone();
        let (mut copied, mut minutes) = (Copied { sessions: 0, left_out: 0 }, Minutes(0));
        for log in sessions.iter().filter(|log| log.deleted_at.is_none() && log.ended_at.is_some()) {
            let Some(span) = week_later(log.span(), &zone) else { continue };
            match desk.ground.admit(&desk.contract, span) {
                Ok(admitted) => {
                    let kept = Kept { note: &log.note, origin: Origin::Copy, stopped_by_house: false };
                    work_logs::write_recorded(tx, &desk.contract, &zone, &admitted, kept)?;
                    (copied.sessions, minutes) = (copied.sessions + 1, Minutes(minutes.0 + span.minutes().0));
                }
                // a week that was sent takes none of them
                Err(why @ LogRefused::WeekIs(..)) => return Err(Failure::Refused(why)),
                Err(_) => copied.left_out += 1,
            }
        }
        if copied.sessions == 0 {
            return Err(Failure::Refused(LogRefused::NothingToCopy));
        }
        let facts = json!({ "week": week.to_string(), "sessions": copied.sessions, "minutes": minutes.0 });
        desk.tell_of(tx, Some(by), EventKind::WorkBrought, facts)?;
        Ok(copied)
    })
}
