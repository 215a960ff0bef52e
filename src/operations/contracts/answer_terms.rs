//! Answering the terms that were proposed: confirming, declining, taking back.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, contracts, events, milestones, notices, transaction};
use crate::domain::contract::{TermsAnswer, TermsRefused};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::notice::NoticeKind;
use crate::domain::project::ProjectKind;
use crate::operations::{once, party, refused};

/// Answers a version that waits, under the contract's lock. Confirmed, it is in force at once, with its milestones.
///
/// # Errors
/// [`TermsRefused`], recorded; or whatever broke, with nothing written.
pub fn answer_terms(
    conn: &mut Connection<'_>,
    by: UserId,
    id: ContractId,
    number: i32,
    answer: TermsAnswer,
) -> Result<(), Failure<TermsRefused>> {
    let project = contracts::project_of(conn, id)?.ok_or(Failure::Refused(TermsRefused::Missing))?;
    let attempt = Attempt { by, act: "answer_terms", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| write_answer(tx, by, id, number, answer))))
}

fn write_answer(tx: &mut Tx<'_>, by: UserId, id: ContractId, number: i32, answer: TermsAnswer) -> Result<(), Failure<TermsRefused>> {
    let (mut contract, party) = party::<TermsRefused>(tx, id, by)?;
    let terms = contracts::terms(tx, id, number)?.ok_or(Failure::Refused(TermsRefused::Missing))?;
    let planned = milestones::of_contract(tx, id)?;
    contract.may_answer(&party, &terms, answer, &planned).map_err(Failure::Refused)?;
    contracts::write_answered(tx, &contract, &party, &terms, answer)?;
    if answer == TermsAnswer::Confirmed && contract.kind == ProjectKind::Fixed {
        contracts::write_plan(tx, &contract, &terms.plan())?;
    }
    let kind = match answer {
        TermsAnswer::Confirmed => EventKind::TermsConfirmed,
        TermsAnswer::Declined => EventKind::TermsDeclined,
        TermsAnswer::Withdrawn => EventKind::TermsWithdrawn,
    };
    events::append(tx, &mut contract, Happening::by(by, kind).facts(json!({ "terms": number })))?;
    let notice = contract.notice(NoticeKind::TermsMoved, &party);
    notices::tell(tx, &contract, by, &[notice])?;
    Ok(())
}
