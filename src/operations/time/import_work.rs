//! Bringing sessions from a file.

use serde_json::json;

use crate::db::work_logs::{self, Hull, Kept};
use crate::db::{Connection, Failure, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::work::{Entry, LogRefused, MOST_AT_ONCE, Origin};
use crate::operations::{Desk, Outcome, keeping, sit};

/// What became of each row, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Why a row would not be taken; nothing for those that are.
    pub rows: Vec<Option<LogRefused>>,
    /// Whether they were written: only where every one is taken.
    pub written: bool,
}

impl Outcome for Brought {
    fn kept(&self) -> (i64, bool) {
        (0, self.written)
    }
    fn again(_: i64, new: bool) -> Self {
        Self { rows: Vec::new(), written: new }
    }
}

/// Writes sessions down together: all of them, or none where one would not be taken.
///
/// # Errors
/// [`LogRefused`] where not even one could be, recorded; or whatever broke, with nothing written.
pub fn import_work(conn: &mut Connection<'_>, by: UserId, contract: ContractId, rows: &[Entry]) -> Result<Brought, Failure<LogRefused>> {
    keeping(conn, by, "import_work", |tx| {
        let mut desk = sit(tx, by, contract, hull(rows)?, &[])?;
        let judged: Vec<_> = rows.iter().map(|row| desk.ground.admit(&desk.contract, row.span)).collect();
        let fates: Vec<_> = judged.iter().map(|one| one.as_ref().err().cloned()).collect();
        if fates.iter().any(Option::is_some) || rows.is_empty() {
            return Ok(Brought { rows: fates, written: false });
        }
        for (row, admitted) in rows.iter().zip(judged.into_iter().flatten()) {
            let kept = Kept { note: row.note.as_str(), origin: Origin::Import, stopped_by_house: false };
            work_logs::write_recorded(tx, &desk.contract, &desk.ground.zone, &admitted, kept)?;
        }
        let minutes: i64 = rows.iter().map(|row| row.span.minutes().0).sum();
        desk.tell_of(tx, Some(by), EventKind::WorkBrought, json!({ "sessions": rows.len(), "minutes": minutes }))?;
        Ok(Brought { rows: fates, written: true })
    })
}

/// What would become of each row, with nothing written.
///
/// # Errors
/// As [`import_work`], not recorded.
pub fn try_import(conn: &mut Connection<'_>, by: UserId, contract: ContractId, rows: &[Entry]) -> Result<Brought, Failure<LogRefused>> {
    transaction(conn, |tx| {
        let Desk { contract, mut ground } = sit(tx, by, contract, hull(rows)?, &[])?;
        let rows = rows.iter().map(|row| ground.admit(&contract, row.span).err()).collect();
        Ok(Brought { rows, written: false })
    })
}

/// From the first row's beginning to the last one's end.
fn hull(rows: &[Entry]) -> Result<Hull, Failure<LogRefused>> {
    if rows.len() > MOST_AT_ONCE {
        return Err(Failure::Refused(LogRefused::TooMany));
    }
    let from = rows.iter().map(|row| row.span.from).min();
    let to = rows.iter().filter_map(|row| row.span.to).max().filter(|to| from.is_some_and(|from| from < *to));
    Ok(Hull { from, to })
}
