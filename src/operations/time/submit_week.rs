//! Sending a week to the client.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, notices, projects, timesheets, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::notice::{DECIDERS, Notice, NoticeKind};
use crate::domain::work::{SheetRefused, SheetState, Week};
use crate::operations::{once, refused};

/// Sends a week, under the contract's lock, as it was worked: from now on nothing in it changes, unless the client queries it.
///
/// # Errors
/// [`SheetRefused`], recorded; or whatever broke, with nothing written.
pub fn submit_week(
    conn: &mut Connection<'_>,
    by: UserId,
    contract: ContractId,
    week: Week,
    seen: Option<i32>,
) -> Result<(), Failure<SheetRefused>> {
    let attempt = Attempt::new(by, "submit_week");
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| submit(tx, by, contract, week, seen))))
}

fn submit(tx: &mut Tx<'_>, by: UserId, contract: ContractId, week: Week, seen: Option<i32>) -> Result<(), Failure<SheetRefused>> {
    let missing = || Failure::Refused(SheetRefused::Missing);
    let mut contract = contracts::lock(tx, contract)?.ok_or_else(missing)?;
    let is_member = by != contract.freelancer_id && projects::membership(tx, contract.organisation_id, by)?.is_some();
    let nothing = if by == contract.freelancer_id { SheetRefused::Nothing } else { SheetRefused::Missing };
    let sheet = timesheets::find(tx, contract.id, week)?.ok_or(Failure::Refused(nothing))?;
    let worked = timesheets::worked(tx, &sheet)?;
    let submission = sheet.submit(&contract, by, is_member, seen, worked).map_err(Failure::Refused)?;
    let version = timesheets::write_submitted(tx, &contract, &sheet, submission)?;
    let what = Happening::by(by, EventKind::WeekSubmitted)
        .moved(Some(sheet.state.as_str()), SheetState::Submitted.as_str())
        .facts(json!({ "week": week.to_string(), "minutes": submission.minutes().0, "version": version }));
    events::append(tx, &mut contract, what)?;
    notices::tell(tx, &contract, by, &[Notice::members(NoticeKind::WeekSubmitted, contract.organisation_id, DECIDERS)])?;
    Ok(())
}
