//! Approving a week.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, notices, projects, timesheets, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::work::{SheetRefused, SheetState, Week};
use crate::operations::{once, refused};

/// Approves the week that the person saw, under the contract's lock: from now on it can be put on an invoice.
///
/// # Errors
/// [`SheetRefused`], recorded; or whatever broke, with nothing written.
pub fn approve_week(
    conn: &mut Connection<'_>,
    by: UserId,
    contract: ContractId,
    week: Week,
    seen: Option<i32>,
) -> Result<(), Failure<SheetRefused>> {
    let attempt = Attempt::new(by, "approve_week");
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| approve(tx, by, contract, week, seen))))
}

fn approve(tx: &mut Tx<'_>, by: UserId, contract: ContractId, week: Week, seen: Option<i32>) -> Result<(), Failure<SheetRefused>> {
    let missing = || Failure::Refused(SheetRefused::Missing);
    let mut contract = contracts::lock(tx, contract)?.ok_or_else(missing)?;
    let role = projects::membership(tx, contract.organisation_id, by)?.map(|member| member.role);
    let sheet = timesheets::find(tx, contract.id, week)?.ok_or_else(missing)?;
    let done = sheet.approve(&contract, by, role, seen).map_err(Failure::Refused)?;
    let version = timesheets::write_approved(tx, &contract, &sheet, done)?;
    let what = Happening::by(by, EventKind::WeekApproved)
        .moved(Some(SheetState::Submitted.as_str()), SheetState::Approved.as_str())
        .facts(json!({ "week": week.to_string(), "minutes": sheet.minutes, "version": version }));
    events::append(tx, &mut contract, what)?;
    notices::tell(tx, &contract, by, &[Notice::person(NoticeKind::WeekApproved, contract.freelancer_id)])?;
    Ok(())
}
