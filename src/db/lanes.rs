//! The threads that work on the database: so many and no more, each taking the next piece of work from one queue as it
//! ends the last. A thread that goes on needs nobody to wake it, which is most of what handing work over costs.

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

/// Threads with a queue before them; they are made as they are needed.
pub(super) struct Lanes(Option<Runtime>);

/// Somebody who waits for a piece of work: if they go, it is not begun any more.
struct Waiter<T>(JoinHandle<T>);

impl Lanes {
    /// So many threads at most.
    pub fn new(threads: usize) -> Self {
        // What the runtime itself would need from the system (clock, sockets) is not asked for, so that it cannot fail.
        Self(Builder::new_current_thread().max_blocking_threads(threads).thread_name("guildhall-lane").build().ok())
    }

    /// What the work answers, when its turn has come; nothing if it panicked.
    #[expect(clippy::disallowed_methods, reason = "the one place where the web waits for PostgreSQL")]
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        // what is logged in the lane belongs to the request that asked for it
        let asked = tracing::Span::current();
        let mut waiter = Waiter(self.0.as_ref()?.spawn_blocking(move || asked.in_scope(work)));
        (&mut waiter.0).await.ok()
    }
}

impl<T> Drop for Waiter<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Drop for Lanes {
    /// Whoever drops the last one may be a thread that must not wait, or a lane itself.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
