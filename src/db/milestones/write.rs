//! Writing what becomes of milestones. Each writer moves the contract's row in the same statement or the next one, states
//! what it moves from, and counts its rows.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz};

use crate::db::failure::count;
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::contract::{Contract, Party};
use crate::domain::ids::{MilestoneId, SubmissionId};
use crate::domain::milestone::{Milestone, SubmissionAnswer};
use crate::domain::words::{Reason, SubmissionWords};

/// PLANNED, CHANGES_REQUESTED or SUBMITTED → SUBMITTED, with what is delivered; a delivery that waited is taken back for it.
/// Answers the new one's id.
pub fn write_submitted(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    milestone: &Milestone,
    by: &Party,
    words: &SubmissionWords,
) -> Result<SubmissionId, Fault> {
    answer(tx, contract, milestone.id, by, SubmissionAnswer::Withdrawn, None)?;
    let moved = statement(
        "UPDATE milestones SET status = 'SUBMITTED', submission_count = submission_count + 1, moved_at = $4 \
         WHERE id = $1 AND status = $2 AND submission_count = $3",
    )
    .bind::<BigInt, _>(milestone.id)
    .bind::<Text, _>(milestone.status)
    .bind::<Integer, _>(milestone.submission_count)
    .bind::<Timestamptz, _>(contract.at)
    .execute(&mut **tx)?;
    count("milestones submitted", 1, moved)?;
    #[derive(QueryableByName)]
    struct Made {
        #[diesel(sql_type = BigInt)]
        id: SubmissionId,
    }
    let made: Made = statement("INSERT INTO submissions (milestone_id, number, words, sent_at) VALUES ($1, $2, $3, $4) RETURNING id")
        .bind::<BigInt, _>(milestone.id)
        .bind::<Integer, _>(milestone.submission_count + 1)
        .bind::<Text, _>(words.as_str())
        .bind::<Timestamptz, _>(contract.at)
        .get_result(&mut **tx)?;
    touch(tx, contract, 0, 0)?;
    Ok(made.id)
}

/// SUBMITTED → PLANNED.
pub fn write_taken_back(tx: &mut Tx<'_>, contract: &Locked<Contract>, milestone: &Milestone, by: &Party) -> Result<(), Fault> {
    moved(tx, contract, milestone, "PLANNED")?;
    let answered = answer(tx, contract, milestone.id, by, SubmissionAnswer::Withdrawn, None)?;
    count("deliveries taken back", 1, answered)?;
    touch(tx, contract, 0, 0)
}

/// SUBMITTED → CHANGES_REQUESTED, with what is to be changed.
pub fn write_requested(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    milestone: &Milestone,
    by: &Party,
    reason: &Reason,
) -> Result<(), Fault> {
    moved(tx, contract, milestone, "CHANGES_REQUESTED")?;
    let answered = answer(tx, contract, milestone.id, by, SubmissionAnswer::ChangesRequested, Some(reason.as_str()))?;
    count("deliveries to be changed", 1, answered)?;
    touch(tx, contract, 0, 0)
}

/// SUBMITTED → APPROVED, all of them or none; `found` are in the order of their ids.
pub fn write_approved(tx: &mut Tx<'_>, contract: &Locked<Contract>, found: &[Milestone], by: &Party) -> Result<(), Fault> {
    let ids: Vec<_> = found.iter().map(|milestone| milestone.id).collect();
    let query = "UPDATE milestones SET status = 'APPROVED', moved_at = $3 WHERE contract_id = $1 AND id = ANY($2) AND status = 'SUBMITTED'";
    count("milestones approved", found.len(), all(tx, contract, &ids, query)?)?;
    let answered = statement(
        "UPDATE submissions SET answer = 'APPROVED', answered_by = $2, answered_at = $3 WHERE milestone_id = ANY($1) AND answer IS NULL",
    )
    .bind::<Array<BigInt>, _>(&ids)
    .bind::<BigInt, _>(by.user)
    .bind::<Timestamptz, _>(contract.at)
    .execute(&mut **tx)?;
    count("deliveries approved", found.len(), answered)?;
    touch(tx, contract, found.iter().map(|milestone| milestone.amount).sum(), 0)
}

/// APPROVED → PAID, all of them or none: for an invoice that is paid, under the contract's lock.
pub fn write_paid(tx: &mut Tx<'_>, contract: &Locked<Contract>, found: &[Milestone]) -> Result<(), Fault> {
    let ids: Vec<_> = found.iter().map(|milestone| milestone.id).collect();
    let query = "UPDATE milestones SET status = 'PAID', moved_at = $3 WHERE contract_id = $1 AND id = ANY($2) AND status = 'APPROVED'";
    count("milestones paid", found.len(), all(tx, contract, &ids, query)?)?;
    touch(tx, contract, 0, found.iter().map(|milestone| milestone.amount).sum())
}

/// PLANNED, SUBMITTED or CHANGES_REQUESTED → CANCELLED.
pub fn write_cancelled(tx: &mut Tx<'_>, contract: &Locked<Contract>, milestone: &Milestone, by: &Party) -> Result<(), Fault> {
    moved(tx, contract, milestone, "CANCELLED")?;
    answer(tx, contract, milestone.id, by, SubmissionAnswer::Cancelled, None)?;
    touch(tx, contract, 0, 0)
}

/// Writes another order: the milestones' ids, from the first on; all that the contract has.
pub fn write_order(tx: &mut Tx<'_>, contract: &Locked<Contract>, order: &[MilestoneId]) -> Result<(), Fault> {
    // Rows are written in the order of their ids, whatever the new order is.
    let wrote = statement(
        "UPDATE milestones m SET place = new.place FROM (SELECT id, place FROM unnest($2) WITH ORDINALITY AS named (id, place) ORDER BY id) AS new \
         WHERE m.id = new.id AND m.contract_id = $1",
    )
    .bind::<BigInt, _>(contract.id)
    .bind::<Array<BigInt>, _>(order)
    .execute(&mut **tx)?;
    count("milestones in order", order.len(), wrote)?;
    touch(tx, contract, 0, 0)
}

fn all(tx: &mut Tx<'_>, contract: &Locked<Contract>, ids: &[MilestoneId], query: &'static str) -> QueryResult<usize> {
    let query = statement(query).bind::<BigInt, _>(contract.id).bind::<Array<BigInt>, _>(ids);
    query.bind::<Timestamptz, _>(contract.at).execute(&mut **tx)
}

fn moved(tx: &mut Tx<'_>, contract: &Locked<Contract>, milestone: &Milestone, to: &'static str) -> Result<(), Fault> {
    let wrote = statement("UPDATE milestones SET status = $3, moved_at = $4 WHERE id = $1 AND status = $2")
        .bind::<BigInt, _>(milestone.id)
        .bind::<Text, _>(milestone.status)
        .bind::<Text, _>(to)
        .bind::<Timestamptz, _>(contract.at)
        .execute(&mut **tx)?;
    count("milestones moved", 1, wrote)
}

/// Answers the delivery that waits, if one does.
fn answer(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    milestone: MilestoneId,
    by: &Party,
    answer: SubmissionAnswer,
    reason: Option<&str>,
) -> QueryResult<usize> {
    statement(
        "UPDATE submissions SET answer = $2, answered_by = $3, answered_at = $4, reason = $5 WHERE milestone_id = $1 AND answer IS NULL",
    )
    .bind::<BigInt, _>(milestone)
    .bind::<Text, _>(answer)
    .bind::<BigInt, _>(by.user)
    .bind::<Timestamptz, _>(contract.at)
    .bind::<Nullable<Text>, _>(reason)
    .execute(&mut **tx)
}

/// Moves the contract with its milestones: when, and by how much its totals.
fn touch(tx: &mut Tx<'_>, contract: &Locked<Contract>, approved: i64, paid: i64) -> Result<(), Fault> {
    let wrote =
        statement("UPDATE contracts SET updated_at = $2, approved_total = approved_total + $3, paid_total = paid_total + $4 WHERE id = $1")
            .bind::<BigInt, _>(contract.id)
            .bind::<Timestamptz, _>(contract.at)
            .bind::<BigInt, _>(approved)
            .bind::<BigInt, _>(paid)
            .execute(&mut **tx)?;
    count("contracts moved with their milestones", 1, wrote)
}
