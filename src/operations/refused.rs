//! The one wrapper of all operations: a refusal is written down, in a second transaction.

use diesel::pg::PgConnection;

use crate::db::refused_attempts::{self, Attempt};
use crate::db::{Connection, Failure};
use crate::domain::refusal::Refusal;

/// Runs an operation's transaction and records its refusal, if it refuses. A record that cannot be written is logged
/// and no more: the refusal stands.
pub fn refused<T, E: Refusal>(
    conn: &mut Connection<'_>,
    attempt: Attempt,
    operation: impl FnOnce(&mut Connection<'_>) -> Result<T, Failure<E>>,
) -> Result<T, Failure<E>> {
    let done = operation(conn);
    if let Err(Failure::Refused(why)) = &done {
        note(conn, attempt, &format!("{why:?}"));
    }
    done
}

fn note(conn: &mut PgConnection, attempt: Attempt, why: &str) {
    if let Err(error) = refused_attempts::record(conn, attempt, why) {
        tracing::warn!(%error, act = attempt.act, "a refused attempt could not be recorded");
    }
}
