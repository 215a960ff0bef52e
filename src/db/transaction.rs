//! Transactions, and how long the work in them may wait for a lock.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use diesel::connection::TransactionManager;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};

use super::failure::{Failure, Fault};
use super::named_locks;
use crate::domain::event::Changed;
use crate::domain::named_lock::HeldLock;
use crate::domain::request::Request;

/// How long a piece of work may wait for the lock of its root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Not at all: the first try, so that nobody holds a connection while waiting unannounced.
    None,
    /// In PostgreSQL's fair queue, this long.
    Queue(Duration),
}

/// A connection in the hands of one piece of work.
pub struct Connection<'c> {
    pg: &'c mut PgConnection,
    patience: Patience,
    news: News,
    /// The key under which the operation is done once, where the request brought one.
    request: Option<Request>,
    /// The lock by name under which the work is done, where it goes through several transactions.
    under: Option<HeldLock>,
}

/// What transactions did that others may want to hear of.
#[derive(Debug, Default)]
pub struct News {
    /// The streams that went on.
    pub changed: Vec<Changed>,
    /// Whether there is something for workers to do.
    pub jobs: bool,
}

impl<'c> Connection<'c> {
    /// A connection whose work waits for locks as told.
    pub fn new(pg: &'c mut PgConnection, patience: Patience) -> Self {
        Self { pg, patience, news: News::default(), request: None, under: None }
    }

    /// Has the next operation done once, where the request brought a key.
    pub fn asked_once(&mut self, request: Option<Request>) {
        self.request = request;
    }

    /// Has each transaction begin by proving that this lock was not lost.
    pub fn under(&mut self, held: HeldLock) {
        self.under = Some(held);
    }

    /// What the transactions on it did.
    pub(super) fn into_news(self) -> News {
        self.news
    }
}

impl Deref for Connection<'_> {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        self.pg
    }
}

impl DerefMut for Connection<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.pg
    }
}

/// An open transaction: what locks ask for, and what only [`transaction`] makes.
pub struct Tx<'c> {
    pg: &'c mut PgConnection,
    patience: Patience,
    news: News,
    request: Option<Request>,
}

impl Tx<'_> {
    /// How long to wait for a root's lock.
    pub(super) fn patience(&self) -> Patience {
        self.patience
    }

    /// The key under which this is done once, where the request brought one.
    pub fn take_request(&mut self) -> Option<Request> {
        self.request.take()
    }

    /// Notes what others may want to hear of once it is committed.
    pub(super) fn changed(&mut self, what: Changed) {
        self.news.changed.push(what);
    }

    /// Notes that workers have something to do once it is committed.
    pub(super) fn has_jobs(&mut self) {
        self.news.jobs = true;
    }

    /// Makes the statements that follow wait at most this long for a lock. Part of the transaction only.
    pub(super) fn wait_at_most(&mut self, longest: Duration) -> QueryResult<()> {
        diesel::sql_query("SELECT set_config('lock_timeout', $1, true)")
            .bind::<diesel::sql_types::Text, _>(format!("{}ms", longest.as_millis()))
            .execute(self.pg)
            .map(drop)
    }
}

impl Deref for Tx<'_> {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        self.pg
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.pg
    }
}

type Manager = <PgConnection as diesel::Connection>::TransactionManager;

/// Runs `work` in one transaction: committed if it answers `Ok`, rolled back if it refuses or breaks.
///
/// # Errors
/// The work's own; the commit's, where a lost connection means that nobody knows ([`Fault::Unknown`]); or
/// [`Fault::LockLost`] before any work, where it was to be done under a lock by name.
pub fn transaction<T, E>(conn: &mut Connection<'_>, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure<E>>) -> Result<T, Failure<E>> {
    Manager::begin_transaction(conn.pg)?;
    let mut tx = Tx { pg: conn.pg, patience: conn.patience, news: News::default(), request: conn.request.take() };
    let done = prove(&mut tx, conn.under.as_ref()).and_then(|()| work(&mut tx));
    let news = tx.news;
    match done {
        Ok(done) => match Manager::commit_transaction(conn.pg) {
            Ok(()) => {
                conn.news.changed.extend(news.changed);
                conn.news.jobs |= news.jobs;
                Ok(done)
            }
            Err(error) => Err(commit_fault(error).into()),
        },
        Err(failure) => {
            // A connection that cannot even roll back is thrown away by the pool, and the server rolls back for it.
            if let Err(error) = Manager::rollback_transaction(conn.pg) {
                tracing::debug!(%error, "rollback");
            }
            Err(failure)
        }
    }
}

/// The first statement of a transaction under a lock by name. Its row is locked before all others: the order of locks.
fn prove<E>(tx: &mut Tx<'_>, under: Option<&HeldLock>) -> Result<(), Failure<E>> {
    match under {
        Some(held) if !named_locks::stands(tx, held)? => Err(Fault::LockLost(held.lock).into()),
        _ => Ok(()),
    }
}

/// Runs one guarded statement that is a transaction of its own: no trips to open and to close one.
///
/// # Errors
/// The statement's; one whose connection was lost may have been committed or not ([`Fault::Unknown`]).
pub fn at_once<T>(conn: &mut Connection<'_>, work: impl FnOnce(&mut PgConnection) -> QueryResult<T>) -> Result<T, Fault> {
    work(conn.pg).map_err(commit_fault)
}

/// An error at COMMIT with an SQLSTATE means rolled back, except where the server goes away at that moment.
fn commit_fault(error: Error) -> Fault {
    let lost = match &error {
        Error::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _) => true,
        Error::DatabaseError(_, information) => {
            let words = information.message();
            words.starts_with("terminating connection") || words.contains("closed the connection") || words.contains("connection to server")
        }
        Error::RollbackErrorOnCommit { commit_error, .. } => matches!(
            **commit_error,
            Error::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand | DatabaseErrorKind::Unknown,
                _
            )
        ),
        Error::BrokenTransactionManager => true,
        _ => false,
    };
    if lost { Fault::Unknown(error) } else { error.into() }
}
