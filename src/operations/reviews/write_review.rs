//! Saying what the work was like, once it has ended.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, notices, reviews, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::notice::NoticeKind;
use crate::domain::review::{ReviewContent, ReviewRefused};
use crate::operations::{party, refused, reveal};

/// Writes the review of somebody's side, or writes anew the one that they saw, under the contract's lock: whether it is the
/// second, and with that shown, is decided there. Answers whether both are shown now. The same words again change nothing.
///
/// # Errors
/// [`ReviewRefused`], recorded; or whatever broke, with nothing written.
pub fn write_review(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ContractId,
    content: &ReviewContent,
    seen: i32,
) -> Result<bool, Failure<ReviewRefused>> {
    let project = contracts::project_of(conn, id)?.ok_or(Failure::Refused(ReviewRefused::Missing))?;
    let attempt = Attempt { by, act: "write_review", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| write(tx, by, id, content, seen)))
}

fn write(tx: &mut Tx<'_>, by: UserId, id: ContractId, content: &ReviewContent, seen: i32) -> Result<bool, Failure<ReviewRefused>> {
    let (mut contract, party) = party::<ReviewRefused>(tx, id, by)?;
    let (before, own) = (reviews::stand(tx, id)?, reviews::own(tx, id, party.side)?);
    if party.decides && own.is_some_and(|own| own.rating == content.rating && own.words == content.words.as_str()) {
        return Ok(before.is_shown);
    }
    before.may_write(&party, seen).map_err(Failure::Refused)?;
    if !reviews::hold_author(tx, by)? {
        return Err(Failure::Refused(ReviewRefused::Missing));
    }
    reviews::write(tx, &contract, party.side, by, content, seen)?;
    // a rating can be guessed: the words beside it cannot
    let hash = contract.words_hash(&[&content.rating.to_string(), content.words.as_str()]);
    let is_first = !before.is_in(party.side);
    let kind = if is_first { EventKind::ReviewWritten } else { EventKind::ReviewChanged };
    // whose proposal it was tells the history for which side they acted
    let what = Happening::by(by, kind).proposal(contract.proposal_id).facts(json!({ "side": party.side, "words": hash }));
    events::append(tx, &mut contract, what)?;
    let both = before.is_in(party.side.other());
    if both {
        reveal(tx, &mut contract, Some(by), 2)?;
    } else if is_first {
        let notice = contract.notice(NoticeKind::Reviewed, &party);
        notices::tell(tx, &contract, by, &[notice])?;
    }
    Ok(both)
}
