//! A row that this transaction has locked: what writers ask for.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use std::ops::Deref;

use super::Tx;
use super::failure::Fault;
use super::transaction::Patience;
use crate::domain::chain::Chain;
use crate::domain::event::Root;

/// A root's row, locked until the transaction ends, with the time that counts and the place in its stream.
#[derive(Debug)]
pub struct Locked<T> {
    value: T,
    /// The database's clock, read after the lock was had: the time of every decision and event.
    pub at: DateTime<Utc>,
    pub(super) chain: Chain,
}

impl<T> Locked<T> {
    /// For a row that this transaction has just made.
    pub(super) fn new(tx: &mut Tx<'_>, value: T, chain: Chain) -> QueryResult<Self> {
        let at = clock(tx)?;
        Ok(Self { value, at, chain })
    }
}

/// A locked row whose time has not been read yet: the statement that reads what hangs on it reads the clock too.
#[derive(Debug)]
pub struct Held<T> {
    value: T,
    chain: Chain,
}

impl<T> Held<T> {
    pub(super) fn new(value: T, chain: Chain) -> Self {
        Self { value, chain }
    }

    /// `at` comes from a statement that began after the lock was had.
    pub(super) fn read_at(self, at: DateTime<Utc>) -> Locked<T> {
        Locked { value: self.value, at, chain: self.chain }
    }
}

impl<T> Deref for Held<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Deref for Locked<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// Not `now()`, which stands still while a transaction waits.
    fn clock_timestamp() -> Timestamptz;
}

/// The database's clock at this moment.
pub fn clock(conn: &mut PgConnection) -> QueryResult<DateTime<Utc>> {
    diesel::select(clock_timestamp()).get_result(conn)
}

/// Locks with one of two queries: the first does not wait, the second waits as long as the work may.
///
/// # Errors
/// [`Fault::Busy`] with the root's name if the lock was not to be had in time.
pub(super) fn patiently<T>(
    tx: &mut Tx<'_>,
    root: Root,
    at_once: impl FnOnce(&mut PgConnection) -> QueryResult<T>,
    waiting: impl FnOnce(&mut PgConnection) -> QueryResult<T>,
) -> Result<Option<T>, Fault> {
    #[cfg(feature = "naive")]
    super::naive::before_lock(tx)?;
    let row = match tx.patience() {
        Patience::None => at_once(tx),
        Patience::Queue(longest) => {
            tx.wait_at_most(longest)?;
            waiting(tx)
        }
    };
    #[cfg(feature = "naive")]
    super::naive::let_go(tx)?;
    row.optional().map_err(|error| Fault::from(error).at(root))
}
