//! What a contract is made of, as rows: its milestones, and the time worked on it.

use super::list::{NotShown, Part, Read};
use super::table::Cell;
use crate::db::contracts::{self, Named};
use crate::db::{Failure, PgConnection, Portion, milestones, work_logs};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::milestone::Milestone;
use crate::domain::work::WorkLog;

fn named(conn: &mut PgConnection, id: ContractId, reader: UserId) -> Result<Named, Failure<NotShown>> {
    contracts::find_for(conn, id, reader)?.ok_or(Failure::Refused(NotShown::Missing))
}

/// Columns of milestones.
pub const MILESTONES: &[&str] = &["Milestone", "Title", "Amount", "Currency", "Due", "State", "Since", "Deliveries"];

/// A contract's milestones in their order, for both its sides.
pub fn milestones(conn: &mut PgConnection, id: ContractId, reader: UserId) -> Read {
    let contract = named(conn, id, reader)?.contract;
    let cells = |one: &Milestone| {
        vec![
            Cell::text(one.id.reference()),
            Cell::text(&one.title),
            Cell::Amount(one.amount),
            Cell::text(contract.price().currency),
            Cell::maybe(one.due_on, Cell::Day),
            Cell::text(one.status.label()),
            Cell::Time(one.moved_at),
            Cell::Number(one.submission_count.into()),
        ]
    };
    Ok(Part::whole(&milestones::of_contract(conn, id)?, cells))
}

/// Columns of sessions.
pub const SESSIONS: &[&str] = &["Session", "From", "To", "Minutes", "Note", "Entered as", "Stopped by the house"];

/// The time worked on a contract by its beginning, without what was deleted, for both its sides. No two sessions begin at the
/// same minute, so the minute tells where the next part begins.
pub fn sessions(conn: &mut PgConnection, id: ContractId, reader: UserId, after: Option<i64>) -> Read {
    let contract = named(conn, id, reader)?.contract;
    let (found, more) = work_logs::of_contract(conn, id, contract.freelancer_id, after, Portion::Batch)?;
    let cells = |one: &WorkLog| {
        vec![
            Cell::Number(one.id.0),
            Cell::Time(one.started_at),
            Cell::maybe(one.ended_at, Cell::Time),
            Cell::maybe(one.ended_at, |ended| Cell::Number((ended - one.started_at).num_minutes())),
            Cell::text(&one.note),
            Cell::text(one.origin.as_str()),
            Cell::text(if one.stopped_by_house { "yes" } else { "no" }),
        ]
    };
    Ok(Part::of(&found, more, |one| one.started_at.timestamp(), cells))
}
