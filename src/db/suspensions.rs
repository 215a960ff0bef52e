//! People whom the house keeps out: both sides of such an act locked, and what is written of it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz};

use super::failure::count;
use super::prepared::statement;
use super::{Fault, Locked, Tx, users};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::user::User;
use crate::domain::words::Reason;

/// An admin's account and the one that they act on.
pub type Both = (Locked<User>, Locked<User>);

/// Locks an admin's account and the one that they act on, the lower number first, so that two who act on each other take turns.
///
/// # Errors
/// Nothing if one of them is not there, or both are one; [`Fault::Busy`] if somebody holds one for too long.
pub fn lock_both(tx: &mut Tx<'_>, by: UserId, id: UserId) -> Result<Option<Both>, Fault> {
    if by == id {
        return Ok(None);
    }
    let first = users::lock(tx, by.min(id))?;
    let second = users::lock(tx, by.max(id))?;
    Ok(first.zip(second).map(|(first, second)| if first.id == by { (first, second) } else { (second, first) }))
}

/// Writes that somebody is kept out from now on; their tokens end with it.
pub fn write_suspended(tx: &mut Tx<'_>, user: &Locked<User>, reason: &Reason) -> Result<(), Fault> {
    let wrote = statement("UPDATE users SET suspended_at = $2, suspended_for = $3 WHERE id = $1 AND suspended_at IS NULL")
        .bind::<BigInt, _>(user.id)
        .bind::<Timestamptz, _>(user.at)
        .bind::<Text, _>(reason.as_str())
        .execute(&mut **tx)?;
    count("people suspended", 1, wrote)?;
    statement("UPDATE api_tokens SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL")
        .bind::<BigInt, _>(user.id)
        .bind::<Timestamptz, _>(user.at)
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes that they may come in again.
pub fn write_lifted(tx: &mut Tx<'_>, user: &Locked<User>) -> Result<(), Fault> {
    let wrote = statement(
        "UPDATE users SET suspended_at = NULL, suspended_for = NULL, appeal_id = NULL WHERE id = $1 AND suspended_at IS NOT NULL",
    )
    .bind::<BigInt, _>(user.id)
    .execute(&mut **tx)?;
    count("suspensions lifted", 1, wrote)
}

/// Writes by which ticket they ask the house to think again.
pub fn write_appeal(tx: &mut Tx<'_>, user: &Locked<User>, ticket: TicketId) -> Result<(), Fault> {
    let wrote = statement("UPDATE users SET appeal_id = $2 WHERE id = $1 AND suspended_at IS NOT NULL AND appeal_id IS NULL")
        .bind::<BigInt, _>(user.id)
        .bind::<BigInt, _>(ticket)
        .execute(&mut **tx)?;
    count("appeals", 1, wrote)
}

/// What was written on an appeal.
#[derive(Debug, Clone, QueryableByName)]
pub struct Written {
    /// Whether the person wrote it; otherwise the house.
    #[diesel(sql_type = Bool)]
    pub is_own: bool,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// The words.
    #[diesel(sql_type = Text)]
    pub words: String,
}

/// All of it that the person may read, oldest first.
pub fn appeal(conn: &mut PgConnection, ticket: TicketId, user: UserId) -> QueryResult<Vec<Written>> {
    statement(
        "SELECT w.author_id = t.opener_id AS is_own, w.written_at AS at, w.words FROM ticket_words w JOIN tickets t ON t.id = w.ticket_id \
         WHERE t.id = $1 AND t.opener_id = $2 AND NOT w.internal ORDER BY w.id LIMIT 100",
    )
    .bind::<BigInt, _>(ticket)
    .bind::<BigInt, _>(user)
    .load(conn)
}
