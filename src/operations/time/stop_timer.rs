//! Stopping a timer.

use chrono::{DateTime, Utc};

use crate::db::work_logs::{self, Hull};
use crate::db::{Connection, Failure};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::words::WorkNote;
use crate::domain::work::LogRefused;
use crate::operations::{Stopped, end_timer, keeping, sit};

/// Stops the timer that runs on a contract at this minute, or earlier where the person says so.
///
/// # Errors
/// [`LogRefused`], recorded; or whatever broke, with nothing written.
pub fn stop_timer(
    conn: &mut Connection<'_>,
    by: UserId,
    contract: ContractId,
    said: Option<DateTime<Utc>>,
    note: Option<&WorkNote>,
) -> Result<Stopped, Failure<LogRefused>> {
    keeping(conn, by, "stop_timer", |tx| {
        // what runs may have begun long before this minute: it is looked for once the locks are had
        let mut desk = sit(tx, by, contract, Hull::default(), &[])?;
        let log = work_logs::running(tx, contract, by)?.ok_or(Failure::Refused(LogRefused::NotRunning))?;
        let hull = Hull { from: Some(log.started_at), to: None };
        desk.ground = work_logs::ground(tx, &mut desk.contract, hull, &[log.id])?;
        end_timer(tx, &mut desk, Some(by), &log, said, note)
    })
}
