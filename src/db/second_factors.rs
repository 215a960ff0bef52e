//! Second factors: found, begun, confirmed, used, gone; and the codes that were written down for when the app is lost.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Timestamptz};

use super::failure::count;
use super::prepared::statement;
use super::{Fault, Locked, Tx, clock};
use crate::domain::ids::UserId;
use crate::domain::user::{RecoveryCode, SecondFactor, Step, User};
use crate::schema::{recovery_codes, second_factors};

/// A person's, whether a first code has confirmed it or not.
pub fn find(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<SecondFactor>> {
    second_factors::table.find(user.0).select(SecondFactor::as_select()).first(conn).optional()
}

/// What the clock says, if this person is asked for a code; nothing if they are not.
pub fn asked_at(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<DateTime<Utc>>> {
    let is_on = second_factors::table.find(user.0).filter(second_factors::confirmed_at.is_not_null());
    if diesel::select(diesel::dsl::exists(is_on)).get_result(conn)? { clock(conn).map(Some) } else { Ok(None) }
}

/// How many of a person's recovery codes have not been used.
pub fn codes_left(conn: &mut PgConnection, user: UserId) -> QueryResult<i64> {
    recovery_codes::table.filter(recovery_codes::user_id.eq(user.0)).filter(recovery_codes::used_at.is_null()).count().get_result(conn)
}

/// Whether these, in this order, are the recovery codes that are kept.
pub fn are_codes(conn: &mut PgConnection, user: UserId, codes: &[RecoveryCode]) -> QueryResult<bool> {
    let kept: Vec<Vec<u8>> = recovery_codes::table
        .filter(recovery_codes::user_id.eq(user.0))
        .order(recovery_codes::number)
        .select(recovery_codes::hash)
        .load(conn)?;
    Ok(kept.iter().eq(&codes.iter().map(|code| code.hash(user)).collect::<Vec<_>>()))
}

/// Begins one, in place of one that was begun and never confirmed.
///
/// # Errors
/// A miscount, if there is a confirmed one.
pub fn write_begun(tx: &mut Tx<'_>, user: &Locked<User>, sealed: &[u8]) -> Result<(), Fault> {
    let wrote = statement(
        "INSERT INTO second_factors (user_id, sealed, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id) DO UPDATE SET sealed = $2, created_at = $3 WHERE second_factors.confirmed_at IS NULL",
    )
    .bind::<BigInt, _>(user.id)
    .bind::<Binary, _>(sealed)
    .bind::<Timestamptz, _>(user.at)
    .execute(&mut **tx)?;
    count("second factors begun", 1, wrote)
}

/// Confirms it by the first code, which is used with that.
pub fn write_confirmed(tx: &mut Tx<'_>, user: &Locked<User>, step: Step) -> Result<(), Fault> {
    let begun = second_factors::table.find(user.id.0).filter(second_factors::confirmed_at.is_null());
    let wrote = diesel::update(begun)
        .set((second_factors::confirmed_at.eq(Some(user.at)), second_factors::last_step.eq(Some(step.number()))))
        .execute(&mut **tx)?;
    count("second factors confirmed", 1, wrote)
}

/// Uses a code of the app's up, and all before it.
pub fn write_used(tx: &mut Tx<'_>, user: &Locked<User>, step: Step) -> Result<(), Fault> {
    let before = second_factors::table.find(user.id.0).filter(second_factors::last_step.lt(step.number()));
    let wrote = diesel::update(before).set(second_factors::last_step.eq(Some(step.number()))).execute(&mut **tx)?;
    count("codes used", 1, wrote)
}

/// Uses a recovery code up. Answers which one it was; nothing if there is none like it that was not used.
pub fn write_recovered(tx: &mut Tx<'_>, user: &Locked<User>, code: &RecoveryCode) -> QueryResult<Option<i16>> {
    let same = recovery_codes::table
        .filter(recovery_codes::user_id.eq(user.id.0))
        .filter(recovery_codes::hash.eq(code.hash(user.id)))
        .filter(recovery_codes::used_at.is_null());
    diesel::update(same).set(recovery_codes::used_at.eq(Some(user.at))).returning(recovery_codes::number).get_result(&mut **tx).optional()
}

/// Writes recovery codes in place of all that there were.
pub fn write_codes(tx: &mut Tx<'_>, user: &Locked<User>, codes: &[RecoveryCode]) -> Result<(), Fault> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user.id.0))).execute(&mut **tx)?;
    let row = |(number, code): (i16, &RecoveryCode)| {
        (
            recovery_codes::user_id.eq(user.id.0),
            recovery_codes::number.eq(number),
            recovery_codes::hash.eq(code.hash(user.id)),
            recovery_codes::made_at.eq(user.at),
        )
    };
    let rows: Vec<_> = (1..).zip(codes).map(row).collect();
    let wrote = diesel::insert_into(recovery_codes::table).values(rows).execute(&mut **tx)?;
    count("recovery codes made", codes.len(), wrote)
}

/// Ends it, and its recovery codes with it.
pub fn write_gone(tx: &mut Tx<'_>, user: &Locked<User>) -> Result<(), Fault> {
    let wrote = diesel::delete(second_factors::table.find(user.id.0)).execute(&mut **tx)?;
    count("second factors ended", 1, wrote)
}
