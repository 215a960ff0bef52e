//! Writing sessions: only what was decided, only under the contract's lock.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamptz};
use jiff::tz::TimeZone;

use crate::db::failure::count;
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::contract::Contract;
use crate::domain::ids::{TimesheetId, WorkLogId};
use crate::domain::work::{Admitted, Origin, Piece, WorkLog};
use crate::schema::work_logs;

/// What is kept of a session besides its hours.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'k> {
    /// What was worked on.
    pub note: &'k str,
    /// How it was entered.
    pub origin: Origin,
    /// Whether it was a forgotten timer.
    pub stopped_by_house: bool,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Writes a session, each of its pieces into its week, which begins with it where there was none.
///
/// # Errors
/// The database's; `work_logs_no_overlap` if the freelancer's row was not locked.
pub fn write_recorded(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    zone: &TimeZone,
    admitted: &Admitted,
    kept: Kept<'_>,
) -> Result<Vec<WorkLogId>, Fault> {
    admitted.pieces().iter().map(|piece| write_piece(tx, contract, zone, piece, kept)).collect()
}

/// Writes one piece.
pub(super) fn write_piece(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    zone: &TimeZone,
    piece: &Piece,
    kept: Kept<'_>,
) -> Result<WorkLogId, Fault> {
    let sheet = week_of(tx, contract, zone, piece)?;
    let id: i64 = diesel::insert_into(work_logs::table)
        .values((
            (work_logs::timesheet_id.eq(sheet.0), work_logs::contract_id.eq(contract.id.0)),
            work_logs::freelancer_id.eq(contract.freelancer_id.0),
            (work_logs::started_at.eq(piece.span.from), work_logs::ended_at.eq(piece.span.to)),
            (work_logs::note.eq(kept.note), work_logs::origin.eq(kept.origin), work_logs::stopped_by_house.eq(kept.stopped_by_house)),
            (work_logs::created_at.eq(contract.at), work_logs::updated_at.eq(contract.at)),
        ))
        .returning(work_logs::id)
        .get_result(&mut **tx)?;
    Ok(WorkLogId(id))
}

/// The timesheet of a piece; begun where there is none.
fn week_of(tx: &mut Tx<'_>, contract: &Locked<Contract>, zone: &TimeZone, piece: &Piece) -> Result<TimesheetId, Fault> {
    if let Some(sheet) = piece.sheet {
        return Ok(sheet);
    }
    let begun: Id = statement(
        "WITH begun AS (INSERT INTO timesheets (contract_id, freelancer_id, week, zone, starts_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT ON CONSTRAINT timesheets_one_per_week DO NOTHING RETURNING id) \
         SELECT id FROM begun UNION ALL SELECT id FROM timesheets WHERE contract_id = $1 AND week = $3 LIMIT 1",
    )
    .bind::<BigInt, _>(contract.id)
    .bind::<BigInt, _>(contract.freelancer_id)
    .bind::<Date, _>(piece.week.monday())
    .bind::<Text, _>(zone.iana_name().unwrap_or("UTC").to_owned())
    .bind::<Timestamptz, _>(piece.edges.0)
    .bind::<Timestamptz, _>(piece.edges.1)
    .get_result(&mut **tx)?;
    Ok(TimesheetId(begun.id))
}

/// Gives a session other hours or another note, and brings it back if it was deleted or set aside. What does not lie in the week of its
/// first piece becomes sessions of their own.
///
/// # Errors
/// [`Fault::Miscounted`] if it is not as it was judged.
pub fn write_changed(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    zone: &TimeZone,
    log: &WorkLog,
    admitted: &Admitted,
    kept: Kept<'_>,
) -> Result<(), Fault> {
    let Some((first, others)) = admitted.pieces().split_first() else { return count("sessions changed", 1, 0) };
    let sheet = week_of(tx, contract, zone, first)?;
    let wrote = statement(
        "UPDATE work_logs SET timesheet_id = $3, started_at = $4, ended_at = $5, note = $6, stopped_by_house = $7, updated_at = $8, \
             deleted_at = NULL, version = version + 1 WHERE id = $1 AND version = $2",
    )
    .bind::<BigInt, _>(log.id)
    .bind::<diesel::sql_types::Integer, _>(log.version)
    .bind::<BigInt, _>(sheet)
    .bind::<Timestamptz, _>(first.span.from)
    .bind::<Nullable<Timestamptz>, _>(first.span.to)
    .bind::<Text, _>(kept.note.to_owned())
    .bind::<diesel::sql_types::Bool, _>(kept.stopped_by_house)
    .bind::<Timestamptz, _>(contract.at)
    .execute(&mut **tx)?;
    count("sessions changed", 1, wrote)?;
    for piece in others {
        write_piece(tx, contract, zone, piece, kept)?;
    }
    Ok(())
}

/// Deletes a session: it stays where it can be restored from.
///
/// # Errors
/// [`Fault::Miscounted`] if it is not as it was judged.
pub fn write_deleted(tx: &mut Tx<'_>, contract: &Locked<Contract>, log: &WorkLog) -> Result<(), Fault> {
    let wrote = statement(
        "UPDATE work_logs SET deleted_at = $3, updated_at = $3, version = version + 1 WHERE id = $1 AND version = $2 AND deleted_at IS NULL",
    )
    .bind::<BigInt, _>(log.id)
    .bind::<diesel::sql_types::Integer, _>(log.version)
    .bind::<Timestamptz, _>(contract.at)
    .execute(&mut **tx)?;
    count("sessions deleted", 1, wrote)
}

/// Sets sessions aside whose hours are about to change together, so that none is in another one's way meanwhile.
///
/// # Errors
/// [`Fault::Miscounted`] if they are not as they were judged.
pub fn write_set_aside(tx: &mut Tx<'_>, at: DateTime<Utc>, ids: &[WorkLogId]) -> Result<(), Fault> {
    let wrote = statement("UPDATE work_logs SET deleted_at = $2 WHERE id = ANY ($1) AND deleted_at IS NULL")
        .bind::<diesel::sql_types::Array<BigInt>, _>(ids)
        .bind::<Timestamptz, _>(at)
        .execute(&mut **tx)?;
    count("sessions set aside", ids.len(), wrote)
}
