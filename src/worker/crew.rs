//! A process's workers: so many lanes, each a thread of its own, and their clock. A job that computes for long holds up its
//! own lane alone; heartbeats come from the clock.

use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::Value;

use super::hand::{Hand, Stop, Trouble};
use super::perform::perform;
use super::rules::Rules;
use super::{clock, lane};
use crate::db::bell::Bell;
use crate::db::{Database, Failure};
use crate::domain::job::{Ending, Task};
use crate::operations::jobs::end_job;
use crate::storage::Storage;

/// How long jobs may take to end once the process is told to; then they are given back.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long giving one back may take.
const GIVING_BACK: Duration = Duration::from_secs(1);

/// What does a job's work.
pub type Perform = Arc<dyn Fn(Task, Arc<Hand>) -> BoxFuture<'static, Result<Value, Trouble>> + Send + Sync>;

/// What lanes and clock share.
pub(super) struct Shared {
    pub(super) perform: Perform,
    pub(super) database: Database,
    pub(super) bell: Arc<Bell>,
    pub(super) name: String,
    pub(super) is_stopping: AtomicBool,
    pub(super) has_stopped: AtomicBool,
    lanes: AtomicUsize,
    hands: Mutex<Vec<Arc<Hand>>>,
}

/// The workers of this process.
#[derive(Clone)]
pub struct Crew(Arc<Shared>);

impl Crew {
    /// Starts so many lanes, on connections of their own beside the database's pool.
    ///
    /// # Errors
    /// If the system has no thread left.
    pub fn start(database: &Database, storage: &Storage, lanes: u16, rules: Rules) -> std::io::Result<Self> {
        let storage = storage.clone();
        let work: Perform = Arc::new(move |task, hand| {
            let storage = storage.clone();
            async move { perform(task, &hand, &storage, rules).await }.boxed()
        });
        Self::performing(database, lanes, work)
    }

    /// The same, with another hand at the work itself.
    ///
    /// # Errors
    /// As [`Crew::start`].
    pub fn performing(database: &Database, lanes: u16, perform: Perform) -> std::io::Result<Self> {
        let crew = Arc::new(Shared {
            perform,
            // As many again wait at busy rows.
            database: database.aside(u32::from(lanes) * 2 + 2),
            bell: database.bell(),
            name: name(),
            is_stopping: AtomicBool::new(false),
            has_stopped: AtomicBool::new(false),
            lanes: AtomicUsize::new(0),
            hands: Mutex::default(),
        });
        for _ in 0..lanes {
            let shared = Arc::clone(&crew);
            crew.lanes.fetch_add(1, Ordering::SeqCst);
            crew.bell.join(1);
            thread("guildhall-job", move || {
                let _end = End(&shared);
                on_its_own(lane::run(&shared));
            })?;
        }
        let shared = Arc::clone(&crew);
        thread("guildhall-clock", move || on_its_own(clock::run(&shared)))?;
        database.look();
        Ok(Self(crew))
    }

    /// Takes no more jobs, and asks those that run to end.
    pub fn begin_to_stop(&self) {
        self.0.is_stopping.store(true, Ordering::SeqCst);
        for hand in self.0.hands() {
            hand.ask(Stop::Ending);
        }
        for _ in 0..self.0.lanes.load(Ordering::SeqCst) {
            self.0.bell.ring();
        }
    }

    /// Waits until all have ended, for three seconds; what still runs then is given back, and another begins it anew. Its
    /// thread may go on until the process ends, but changes nothing any more.
    pub async fn stop(self) {
        self.begin_to_stop();
        let began = Instant::now();
        while self.0.lanes.load(Ordering::SeqCst) > 0 && began.elapsed() < PATIENCE {
            self.0.bell.ring();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        for hand in self.0.hands() {
            let claim = hand.claim;
            let given = self.0.database.change(move |conn| end_job(conn, &claim, 0, &Ending::GivenBack));
            match tokio::time::timeout(GIVING_BACK, given).await {
                Ok(Ok(_) | Err(Failure::Refused(_))) => {}
                _ => tracing::warn!(job = claim.job.0, "a job could not be given back: its lease will run out"),
            }
        }
        self.0.has_stopped.store(true, Ordering::SeqCst);
    }
}

impl Shared {
    fn all(&self) -> MutexGuard<'_, Vec<Arc<Hand>>> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The jobs that are being performed.
    pub(super) fn hands(&self) -> Vec<Arc<Hand>> {
        self.all().clone()
    }

    pub(super) fn take(&self, hand: &Arc<Hand>) {
        self.all().push(Arc::clone(hand));
        if self.is_stopping.load(Ordering::SeqCst) {
            hand.ask(Stop::Ending);
        }
    }

    pub(super) fn put_down(&self, hand: &Arc<Hand>) {
        self.all().retain(|held| !Arc::ptr_eq(held, hand));
    }
}

/// A lane's end, however it comes.
struct End<'s>(&'s Shared);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.lanes.fetch_sub(1, Ordering::SeqCst);
        self.0.bell.leave();
    }
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}

/// Runs to its end what waits now and then.
fn on_its_own(work: impl Future<Output = ()>) {
    match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => tracing::error!(%error, "a worker could not begin"),
    }
}

/// The machine and the process, for whoever watches.
fn name() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host: String = host.trim().chars().take(80).collect();
    format!("{host}:{}", std::process::id())
}
