//! Few waiters per row: who finds a row locked queues here first, without a connection in hand, so that one hot
//! project cannot hold all connections of the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::event::Root;

/// How many of this process may wait in PostgreSQL's queue for one row.
const WAITERS: usize = 2;

/// The queues before the rows that are busy right now.
#[derive(Debug, Clone, Default)]
pub struct Gate(Arc<Mutex<HashMap<Root, Arc<Semaphore>>>>);

/// A place at a row's lock; the next in line gets it when this is dropped.
pub struct Place {
    gate: Gate,
    root: Root,
    permit: Option<OwnedSemaphorePermit>,
}

impl Gate {
    /// Waits, in order of arrival, for a place at this root's lock.
    pub async fn place(&self, root: Root) -> Place {
        let queue = {
            let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(rows.entry(root).or_insert_with(|| Arc::new(Semaphore::new(WAITERS))))
        };
        // Never closed, so that an error cannot come; without a permit one would merely go first.
        let permit = queue.acquire_owned().await.ok();
        Place { gate: self.clone(), root, permit }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(self.permit.take());
        let mut rows = self.gate.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The table's own reference is the last: nobody waits here any more.
        if rows.get(&self.root).is_some_and(|queue| Arc::strong_count(queue) == 1) {
            rows.remove(&self.root);
        }
    }
}
