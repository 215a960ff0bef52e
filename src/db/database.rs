//! The one bridge to PostgreSQL, for pages and workers alike.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, HandleError, Pool, PooledConnection};

use super::failure::{Failure, Fault};
use super::gate::Gate;
use super::transaction::{Connection, Patience};
use crate::domain::event::Root;
use crate::domain::retry::{DEFAULT, LOCK_ACQUISITION};

/// The first time in a busy row's queue, and each later one.
const FIRST_WAIT: Duration = Duration::from_millis(150);
const NEXT_WAIT: Duration = Duration::from_millis(50);
/// After this long nobody is kept waiting for a place at a busy row.
const LONGEST_WAIT: Duration = Duration::from_millis(1200);
/// How long a request waits for a connection.
const CONNECTION_WAIT: Duration = Duration::from_secs(3);

/// All of Guildhall's connections to its database.
#[derive(Clone)]
pub struct Database {
    pool: Pool<ConnectionManager<PgConnection>>,
    gate: Gate,
    health: Health,
}

/// Whether the last attempt to connect succeeded.
#[derive(Debug, Clone, Default)]
struct Health(Arc<AtomicBool>);

impl HandleError<diesel::r2d2::Error> for Health {
    fn handle_error(&self, error: diesel::r2d2::Error) {
        if !self.0.swap(true, Ordering::Relaxed) {
            tracing::error!(%error, "the database cannot be reached");
        }
    }
}

impl CustomizeConnection<PgConnection, diesel::r2d2::Error> for Health {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), diesel::r2d2::Error> {
        prepare(conn).map_err(diesel::r2d2::Error::QueryError)?;
        if self.0.swap(false, Ordering::Relaxed) {
            tracing::info!("the database is back");
        }
        Ok(())
    }
}

/// What every connection asks of the server: no statement, lock or forgotten transaction lasts, times are UTC, and
/// messages are untranslated, because faults are told apart by them. `lc_messages` may need a right that the role
/// lacks; it matters only where the server speaks another language.
fn prepare(conn: &mut PgConnection) -> diesel::QueryResult<()> {
    conn.batch_execute(
        "SET application_name = 'guildhall'; SET timezone = 'UTC'; SET lock_timeout = '150ms'; SET statement_timeout = '10s'; \
         SET idle_in_transaction_session_timeout = '10s'; SET jit = off; SET client_min_messages = warning",
    )?;
    if let Err(error) = conn.batch_execute("SET lc_messages = 'C'") {
        tracing::debug!(%error, "lc_messages");
    }
    Ok(())
}

impl Database {
    /// A pool of at most `size` connections to `url`. Nothing is connected yet.
    pub fn new(url: &str, size: u32) -> Self {
        let health = Health::default();
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(CONNECTION_WAIT)
            .error_handler(Box::new(health.clone()))
            .connection_customizer(Box::new(health.clone()))
            .build_unchecked(ConnectionManager::new(url));
        Self { pool, gate: Gate::default(), health }
    }

    /// Reads, or writes that hold no root's lock. One closure per request where possible; a connection is never held
    /// across an await.
    ///
    /// # Errors
    /// The work's own, or [`Fault::Unavailable`] if there is no connection.
    pub async fn run<T, E>(&self, work: impl FnOnce(&mut PgConnection) -> Result<T, Failure<E>> + Send + 'static) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let this = self.clone();
        block(move || work(&mut *this.connection()?)).await
    }

    /// An operation that locks a root. Tried at once first; if the row is busy, again from its queue, for about a
    /// second in all; deadlocks and serialisation failures are tried again by policy; a refusal never.
    ///
    /// # Errors
    /// The work's own, or [`Fault::Busy`] at the end of all patience.
    pub async fn change<T, E>(
        &self,
        work: impl Fn(&mut Connection<'_>) -> Result<T, Failure<E>> + Send + Sync + 'static,
    ) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let work = Arc::new(work);
        let mut conflicts = DEFAULT.delays();
        let mut patience = Patience::None;
        loop {
            match self.attempt(&work, patience).await {
                Err(Failure::Broken(Fault::Busy(root))) => return self.queue(work, root).await,
                Err(Failure::Broken(Fault::Conflict(error))) => match conflicts.next() {
                    Some(delay) => {
                        tracing::warn!(%error, "tried again");
                        tokio::time::sleep(jittered(delay)).await;
                        patience = Patience::Queue(FIRST_WAIT);
                    }
                    None => return Err(Failure::Broken(Fault::Conflict(error))),
                },
                done => return done,
            }
        }
    }

    /// Behind a busy row: a place first, then short waits with pauses in which others get the connection.
    async fn queue<T, E, W>(&self, work: Arc<W>, root: Option<Root>) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
        W: Fn(&mut Connection<'_>) -> Result<T, Failure<E>> + Send + Sync + 'static,
    {
        let began = Instant::now();
        let mut wait = FIRST_WAIT;
        let mut delays = LOCK_ACQUISITION.delays();
        loop {
            let left = LONGEST_WAIT.saturating_sub(began.elapsed());
            let place = match root {
                Some(root) => tokio::time::timeout(left, self.gate.place(root)).await.ok(),
                None => None,
            };
            if root.is_some() && place.is_none() {
                return Err(Failure::Broken(Fault::Busy(root)));
            }
            let done = self.attempt(&work, Patience::Queue(wait)).await;
            drop(place);
            let Err(Failure::Broken(Fault::Busy(_) | Fault::Conflict(_))) = done else {
                return done;
            };
            match delays.next() {
                Some(delay) if began.elapsed() + delay < LONGEST_WAIT => tokio::time::sleep(delay).await,
                _ => return Err(Failure::Broken(Fault::Busy(root))),
            }
            wait = NEXT_WAIT;
        }
    }

    async fn attempt<T, E, W>(&self, work: &Arc<W>, patience: Patience) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
        W: Fn(&mut Connection<'_>) -> Result<T, Failure<E>> + Send + Sync + 'static,
    {
        let (this, work) = (self.clone(), Arc::clone(work));
        block(move || work(&mut Connection::new(&mut *this.connection()?, patience))).await
    }

    /// A connection: at once, or a fault at once while the server is known to be away.
    fn connection(&self) -> Result<PooledConnection<ConnectionManager<PgConnection>>, Fault> {
        let away = self.health.0.load(Ordering::Relaxed) && self.pool.state().connections == 0;
        if away {
            return Err(Fault::Unavailable("the last attempt to connect failed".to_owned()));
        }
        self.pool.get().map_err(|error| Fault::Unavailable(error.to_string()))
    }
}

/// Up to half as much again, so that those who met once do not meet again.
fn jittered(delay: Duration) -> Duration {
    delay.mul_f64(1.0 + rand::random::<f64>() / 2.0)
}

#[expect(clippy::disallowed_methods, reason = "the one place where the web waits for PostgreSQL")]
async fn block<T, E>(work: impl FnOnce() -> Result<T, Failure<E>> + Send + 'static) -> Result<T, Failure<E>>
where
    T: Send + 'static,
    E: Send + 'static,
{
    actix_web::web::block(work).await.unwrap_or(Err(Failure::Broken(Fault::Panicked)))
}
