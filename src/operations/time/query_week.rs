//! Giving a week back with a question.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, notices, projects, timesheets, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::words::Reason;
use crate::domain::work::{SheetRefused, SheetState, Week};
use crate::operations::{once, refused};

/// Gives a week back to its freelancer, under the contract's lock: it takes changes until it is sent again.
///
/// # Errors
/// [`SheetRefused`], recorded; or whatever broke, with nothing written.
pub fn query_week(
    conn: &mut Connection<'_>,
    by: UserId,
    contract: ContractId,
    week: Week,
    seen: Option<i32>,
    why: &Reason,
) -> Result<(), Failure<SheetRefused>> {
    let attempt = Attempt::new(by, "query_week");
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| query(tx, by, contract, week, seen, why))))
}

fn query(
    tx: &mut Tx<'_>,
    by: UserId,
    contract: ContractId,
    week: Week,
    seen: Option<i32>,
    why: &Reason,
) -> Result<(), Failure<SheetRefused>> {
    let missing = || Failure::Refused(SheetRefused::Missing);
    let mut contract = contracts::lock(tx, contract)?.ok_or_else(missing)?;
    let role = projects::membership(tx, contract.organisation_id, by)?.map(|member| member.role);
    let sheet = timesheets::find(tx, contract.id, week)?.ok_or_else(missing)?;
    let done = sheet.query(&contract, by, role, seen).map_err(Failure::Refused)?;
    let version = timesheets::write_queried(tx, &contract, &sheet, done, why)?;
    let what = Happening::by(by, EventKind::WeekQueried)
        .moved(Some(SheetState::Submitted.as_str()), SheetState::Queried.as_str())
        .facts(json!({ "week": week.to_string(), "version": version, "words": contract.words_hash(&[why.as_str()]) }));
    events::append(tx, &mut contract, what)?;
    notices::tell(tx, &contract, by, &[Notice::person(NoticeKind::WeekQueried, contract.freelancer_id)])?;
    Ok(())
}
