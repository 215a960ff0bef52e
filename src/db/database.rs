//! The one bridge to PostgreSQL, for pages and workers alike.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use diesel::pg::PgConnection;
use diesel::r2d2::{NopErrorHandler, Pool, PooledConnection};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::bell::Bell;
use super::counted::{RETRIES, TURNED_AWAY};
use super::failure::{Failure, Fault};
use super::gate::Gate;
use super::lanes::Lanes;
use super::persist::{Jittered, tries};
use super::reach::Reach;
use super::transaction::{Connection, News, Patience};
use super::wire::{Listeners, Wire};
use crate::domain::event::Root;
use crate::domain::retry::{DEFAULT, LOCK_ACQUISITION};

/// The first time in a busy row's queue, and each later one.
const FIRST_WAIT: Duration = Duration::from_millis(150);
const NEXT_WAIT: Duration = Duration::from_millis(50);
/// After this long nobody is kept waiting for a place at a busy row.
const LONGEST_WAIT: Duration = Duration::from_millis(1200);
/// How long a request waits for a connection.
const CONNECTION_WAIT: Duration = Duration::from_secs(3);
/// After this long it looks again whether the server is there at all.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// All of Guildhall's connections to its database. Half of them are for work that waits for no lock: more at once would
/// only take the processors from each other. The other half is for those who wait at a busy row, so that they never
/// stand in the way of the rest.
#[derive(Clone)]
pub struct Database {
    pool: Pool<Reach>,
    /// For work that waits for no lock.
    lanes: Arc<Lanes>,
    /// For work that waits at a busy row, so many at a time as there are places on the benches.
    waiting: Arc<Lanes>,
    benches: Arc<Semaphore>,
    gate: Gate,
    reach: Reach,
    wire: Arc<OnceLock<Wire>>,
    bell: Arc<Bell>,
    changed: Arc<Notify>,
}

/// How many connections there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolState {
    /// All.
    pub connections: u32,
    /// Those that nobody uses just now.
    pub idle: u32,
    /// How many there may be.
    pub limit: u32,
}

impl Database {
    /// A pool of at most `size` connections to `url`. Nothing is connected yet.
    pub fn new(url: &str, size: u32) -> Self {
        Self::over(Reach::new(url), size, Arc::default(), Arc::default())
    }

    /// A pool beside this one, for work that must not take its connections; the same wire and the same bell.
    #[must_use]
    pub fn aside(&self, size: u32) -> Self {
        Self::over(self.reach.clone(), size, Arc::clone(&self.wire), Arc::clone(&self.bell))
    }

    fn over(reach: Reach, size: u32, wire: Arc<OnceLock<Wire>>, bell: Arc<Bell>) -> Self {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(true)
            .connection_timeout(CONNECTION_WAIT)
            .error_handler(Box::new(NopErrorHandler))
            .build_unchecked(reach.clone());
        let half = usize::try_from(size / 2).unwrap_or(1).max(1);
        let [lanes, waiting] = [(); 2].map(|()| Arc::new(Lanes::new(half)));
        Self {
            pool,
            lanes,
            waiting,
            benches: Arc::new(Semaphore::new(half)),
            gate: Gate::default(),
            reach,
            wire,
            bell,
            changed: Arc::default(),
        }
    }

    /// How its connections stand.
    pub fn pool(&self) -> PoolState {
        let state = self.pool.state();
        PoolState { connections: state.connections, idle: state.idle_connections, limit: self.pool.max_size() }
    }

    /// What rings when there is something for workers to do.
    pub fn bell(&self) -> Arc<Bell> {
        Arc::clone(&self.bell)
    }

    /// Lets these hear what changes, here and in other processes. A second call changes nothing.
    ///
    /// # Errors
    /// If the system has no thread left.
    pub fn listen(&self, listeners: impl Listeners) -> std::io::Result<()> {
        let wire = Wire::start(self.reach.clone(), listeners, self.bell())?;
        self.wire.set(wire).ok();
        Ok(())
    }

    /// Has it looked at once whether anybody listens.
    pub fn look(&self) {
        if let Some(wire) = self.wire.get() {
            wire.look();
        }
    }

    /// Comes to its end as soon as this process has changed something, for whoever does what follows from that: one. What
    /// other processes change is not told here.
    pub async fn changed(&self) {
        self.changed.notified().await;
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
        answer(self.lanes.run(move || this.with_connection(work)).await)
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
        let (mut left, mut patience) = (tries(DEFAULT, Jittered), Patience::None);
        loop {
            let bench = if patience == Patience::None { None } else { self.bench().await };
            match self.attempt(&work, patience, bench).await {
                Err(Failure::Broken(Fault::Busy(root))) => return self.queue(work, root).await,
                Err(Failure::Broken(Fault::Conflict(error))) if left.again(true).await => {
                    tracing::warn!(%error, "tried again");
                    metrics::counter!(RETRIES, "why" => "conflict").increment(1);
                    patience = Patience::Queue(FIRST_WAIT);
                }
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
            let places = tokio::time::timeout(left, async {
                let at_row = match root {
                    Some(root) => Some(self.gate.place(root).await),
                    None => None,
                };
                (at_row, self.bench().await)
            });
            let Ok((at_row, bench)) = places.await else {
                return Err(turned_away(root));
            };
            metrics::counter!(RETRIES, "why" => "busy").increment(1);
            let done = self.attempt(&work, Patience::Queue(wait), bench).await;
            drop(at_row);
            let Err(Failure::Broken(Fault::Busy(_) | Fault::Conflict(_))) = done else {
                return done;
            };
            match delays.next() {
                Some(delay) if began.elapsed() + delay < LONGEST_WAIT => tokio::time::sleep(delay).await,
                _ => return Err(turned_away(root)),
            }
            wait = NEXT_WAIT;
        }
    }

    async fn attempt<T, E, W>(&self, work: &Arc<W>, patience: Patience, bench: Bench) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
        W: Fn(&mut Connection<'_>) -> Result<T, Failure<E>> + Send + Sync + 'static,
    {
        let (this, work) = (self.clone(), Arc::clone(work));
        let lanes = if patience == Patience::None { &self.lanes } else { &self.waiting };
        let done = lanes.run(move || {
            // given back as the work ends, even if nobody waits for it any more
            let _bench = bench;
            let work = |conn: &mut PgConnection| {
                let mut conn = Connection::new(conn, patience);
                let done = work(&mut conn);
                this.tell(conn.into_news());
                done
            };
            this.with_connection(work)
        });
        answer(done.await)
    }

    /// What was committed, to those who wait for it here and in other processes.
    fn tell(&self, news: News) {
        if !news.changed.is_empty() {
            self.changed.notify_one();
        }
        if news.jobs {
            self.bell.ring();
        }
        if let Some(wire) = self.wire.get().filter(|_| news.jobs || !news.changed.is_empty()) {
            wire.tell(news);
        }
    }

    /// A place on the benches. The semaphore is never closed, so that an error cannot come.
    async fn bench(&self) -> Bench {
        Arc::clone(&self.benches).acquire_owned().await.ok()
    }

    fn with_connection<T, E>(&self, work: impl FnOnce(&mut PgConnection) -> Result<T, Failure<E>>) -> Result<T, Failure<E>> {
        let mut conn = self.connection()?;
        let done = work(&mut conn);
        self.reach.judge(&mut conn, &done);
        done
    }

    /// A connection: as soon as one is free, or a fault as soon as the server is known to be away.
    fn connection(&self) -> Result<PooledConnection<Reach>, Fault> {
        let began = Instant::now();
        loop {
            if self.reach.is_away() && self.pool.state().connections == 0 {
                return Err(Fault::Unavailable("the last attempt to connect failed".to_owned()));
            }
            match self.pool.get_timeout(LOOK_AGAIN) {
                Err(error) if began.elapsed() >= CONNECTION_WAIT => return Err(Fault::Unavailable(error.to_string())),
                Err(_) => {}
                Ok(conn) => return Ok(conn),
            }
        }
    }
}

/// A place among those who wait at busy rows.
type Bench = Option<OwnedSemaphorePermit>;

/// The row was busy for longer than anybody is kept waiting.
fn turned_away<E>(root: Option<Root>) -> Failure<E> {
    metrics::counter!(TURNED_AWAY).increment(1);
    Failure::Broken(Fault::Busy(root))
}

/// What a lane's work came to.
fn answer<T, E>(done: Option<Result<T, Failure<E>>>) -> Result<T, Failure<E>> {
    done.unwrap_or(Err(Failure::Broken(Fault::Panicked)))
}
