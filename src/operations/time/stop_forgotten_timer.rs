//! Stopping a timer that somebody forgot.

use std::convert::Infallible;

use crate::db::work_logs::{self, Hull};
use crate::db::{Connection, Failure, Tx, contracts, notices, transaction};
use crate::domain::ids::WorkLogId;
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::work::{FORGOTTEN_AFTER, LogRefused};
use crate::operations::{end_timer, settle};

/// Stops a timer in the house's name at twelve hours, and tells its freelancer. Answers whether this very call did: they may have
/// been first.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn stop_forgotten_timer(conn: &mut Connection<'_>, id: WorkLogId) -> Result<bool, Failure<Infallible>> {
    match transaction(conn, |tx| stop(tx, id)) {
        Ok(done) => Ok(done),
        // its hours lie in a week that was sent, which no timer should: left for whoever looks into it
        Err(Failure::Refused(why)) => {
            tracing::warn!(?why, log = id.0, "a forgotten timer was not stopped");
            Ok(false)
        }
        Err(Failure::Broken(fault)) => Err(fault.into()),
    }
}

fn stop(tx: &mut Tx<'_>, id: WorkLogId) -> Result<bool, Failure<LogRefused>> {
    let Some(contract) = work_logs::contract_of(tx, id)? else { return Ok(false) };
    let Some(contract) = contracts::lock(tx, contract)? else { return Ok(false) };
    let mut desk = settle(tx, contract, Hull::default(), &[])?;
    let Some(log) = work_logs::find(tx, id)?.filter(|log| log.is_running() && desk.ground.at - log.started_at >= FORGOTTEN_AFTER) else {
        return Ok(false);
    };
    desk.ground = work_logs::ground(tx, &mut desk.contract, Hull { from: Some(log.started_at), to: None }, &[id])?;
    end_timer(tx, &mut desk, None, &log, None, None)?;
    let told = Notice::person(NoticeKind::TimerStopped, log.freelancer_id);
    notices::tell(tx, &desk.contract, None, &[told])?;
    Ok(true)
}
