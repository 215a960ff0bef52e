//! Connections: how they are made, which are still trusted, which are thrown away. A server that restarts or fails over
//! leaves dead connections in the pool; one fault makes all of them suspect, and a suspect is asked before it is used.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::r2d2::{Error, ManageConnection, R2D2Connection};
use diesel::sql_types::Bool;

use super::failure::{Failure, Fault};

/// Makes connections to one address, and judges them.
#[derive(Clone)]
pub struct Reach {
    url: Arc<str>,
    health: Arc<Health>,
}

#[derive(Debug, Default)]
struct Health {
    /// Whether the last attempt to connect failed.
    is_away: AtomicBool,
    /// How often a connection was lost.
    losses: AtomicU64,
}

/// A connection in the pool.
pub struct Kept {
    pg: PgConnection,
    /// The count of losses when it was last known to be alive.
    trusted_at: u64,
    is_lost: bool,
}

impl Reach {
    /// Nothing is connected yet.
    pub fn new(url: &str) -> Self {
        Self { url: url.into(), health: Arc::default() }
    }

    /// Whether the last attempt to connect failed.
    pub fn is_away(&self) -> bool {
        self.health.is_away.load(Ordering::Relaxed)
    }

    /// Looks at what came of some work: a connection that it lost is thrown away, and the others become suspect.
    pub fn judge<T, E>(&self, conn: &mut Kept, done: &Result<T, Failure<E>>) {
        if matches!(done, Err(Failure::Broken(Fault::Unavailable(_) | Fault::Unknown(_)))) {
            conn.is_lost = true;
            self.health.losses.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A connection, in a pool or outside.
    pub(super) fn open(&self) -> Result<PgConnection, Error> {
        let mut pg = PgConnection::establish(&self.url).map_err(Error::ConnectionError)?;
        prepare(&mut pg).map_err(Error::QueryError)?;
        Ok(pg)
    }
}

impl ManageConnection for Reach {
    type Connection = Kept;
    type Error = Error;

    fn connect(&self) -> Result<Kept, Error> {
        let trusted_at = self.health.losses.load(Ordering::Relaxed);
        let opened = self.open();
        let was_away = self.health.is_away.swap(opened.is_err(), Ordering::Relaxed);
        match &opened {
            Err(error) if !was_away => tracing::error!(error = %one_line(error), "the database cannot be reached"),
            Ok(_) if was_away => tracing::info!("the database is back"),
            _ => {}
        }
        Ok(Kept { pg: opened?, trusted_at, is_lost: false })
    }

    /// Costs nothing while no connection was lost. A server that was demoted answers, but takes no writes.
    fn is_valid(&self, conn: &mut Kept) -> Result<(), Error> {
        let losses = self.health.losses.load(Ordering::Relaxed);
        if conn.trusted_at != losses {
            let follows: bool = diesel::select(sql::<Bool>("pg_is_in_recovery()")).get_result(&mut conn.pg).map_err(Error::QueryError)?;
            if follows {
                return Err(Error::QueryError(diesel::result::Error::BrokenTransactionManager));
            }
            conn.trusted_at = losses;
        }
        Ok(())
    }

    fn has_broken(&self, conn: &mut Kept) -> bool {
        std::thread::panicking() || conn.is_lost || conn.pg.is_broken()
    }
}

impl Deref for Kept {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.pg
    }
}

impl DerefMut for Kept {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.pg
    }
}

/// What every connection asks of the server: no statement, lock or forgotten transaction lasts, times are UTC, and
/// messages are untranslated, because faults are told apart by them. A prepared statement is planned once,
/// not with every execution: nearly all go by keys or by an order that an index serves, whatever the values. (Searches are
/// planned without their words too.) That plan must not read whole tables because they were empty on the day it was made:
/// with `enable_seqscan` on, the person's unread notices cost a millisecond as soon as there were some.
/// `lc_messages` may need a right that the role lacks; it matters only where the server speaks another language.
fn prepare(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(
        "SET application_name = 'guildhall'; SET timezone = 'UTC'; SET lock_timeout = '150ms'; SET statement_timeout = '10s'; \
         SET idle_in_transaction_session_timeout = '10s'; SET jit = off; SET plan_cache_mode = force_generic_plan; \
         SET enable_seqscan = off; SET client_min_messages = warning",
    )?;
    if let Err(error) = conn.batch_execute("SET lc_messages = 'C'") {
        tracing::debug!(%error, "lc_messages");
    }
    Ok(())
}

/// libpq's messages have several lines; a log's have one.
fn one_line(error: &Error) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}
