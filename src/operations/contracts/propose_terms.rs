//! Proposing other terms.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, milestones, notices, transaction};
use crate::domain::contract::{TermsContent, TermsRefused};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::notice::NoticeKind;
use crate::operations::{once, party, refused};

/// Writes a new version of a contract's terms that waits for the other side, under the contract's lock. `seen` is the
/// version in force that the person had read.
///
/// # Errors
/// [`TermsRefused`], recorded; or whatever broke, with nothing written.
pub fn propose_terms(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ContractId,
    content: &TermsContent,
    seen: Option<i32>,
) -> Result<(), Failure<TermsRefused>> {
    let project = contracts::project_of(conn, id)?.ok_or(Failure::Refused(TermsRefused::Missing))?;
    let attempt = Attempt { by, act: "propose_terms", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| propose(tx, by, id, content, seen))))
}

fn propose(tx: &mut Tx<'_>, by: UserId, id: ContractId, content: &TermsContent, seen: Option<i32>) -> Result<(), Failure<TermsRefused>> {
    let (mut contract, party) = party::<TermsRefused>(tx, id, by)?;
    let (waiting, planned) = (contracts::waiting(tx, id)?, milestones::of_contract(tx, id)?);
    let amount = contract.may_propose(&party, content, seen, waiting, &planned).map_err(Failure::Refused)?;
    let number = contracts::write_proposed(tx, &contract, &party, content, amount)?;
    let words = contract.words_hash(&[content.words.as_str()]);
    let what = Happening::by(by, EventKind::TermsProposed).facts(json!({ "terms": number, "words": words }));
    events::append(tx, &mut contract, what)?;
    let notice = contract.notice(NoticeKind::TermsMoved, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
