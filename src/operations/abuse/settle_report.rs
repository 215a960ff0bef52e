//! Settling what was told to the house.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, abuse, events, transaction, users};
use crate::domain::abuse::{Outcome, SettleRefused};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{AbuseId, UserId};
use crate::domain::words::Reason;
use crate::operations::refused;

/// Settles a report with a word, under the lock of the admin's account and then of the report's row: of two at once one does.
///
/// # Errors
/// [`SettleRefused`], recorded; or whatever broke, with nothing written.
pub fn settle_report(
    conn: &mut Connection<'_>,
    by: UserId,
    id: AbuseId,
    outcome: Outcome,
    word: &Reason,
) -> Result<(), Failure<SettleRefused>> {
    refused(conn, Attempt::new(by, "settle_report"), |conn| transaction(conn, |tx| settle(tx, by, id, outcome, word)))
}

fn settle(tx: &mut Tx<'_>, by: UserId, id: AbuseId, outcome: Outcome, word: &Reason) -> Result<(), Failure<SettleRefused>> {
    let missing = || Failure::Refused(SettleRefused::Missing);
    let mut keeper = users::lock(tx, by)?.filter(|keeper| keeper.keeps_house()).ok_or_else(missing)?;
    if !abuse::write_settled(tx, &keeper, id, outcome, word)? {
        let there = abuse::find(tx, id)?;
        return Err(there.map_or_else(missing, |_| Failure::Refused(SettleRefused::Settled)));
    }
    let words = keeper.words_hash(&[word.as_str()]);
    let what = Happening::by(by, EventKind::ReportSettled).moved(None, outcome.as_str()).facts(json!({ "report": id, "words": words }));
    events::append(tx, &mut keeper, what)?;
    Ok(())
}
