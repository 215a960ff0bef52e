//! What wakes this process's workers: rung after each commit that left them something to do, here or in another process.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A bell that one worker answers at a time. Who finds something to do rings once more before it begins, so that as many
/// come as there is work for, and no more.
#[derive(Debug, Default)]
pub struct Bell {
    is_rung: Mutex<bool>,
    heard: Condvar,
    workers: AtomicUsize,
}

impl Bell {
    /// Somebody is to come and look.
    pub fn ring(&self) {
        *self.is_rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.heard.notify_one();
    }

    /// Waits until it rings, this long at most.
    pub fn wait(&self, longest: Duration) {
        let is_rung = self.is_rung.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut is_rung, _) = self.heard.wait_timeout_while(is_rung, longest, |is_rung| !*is_rung).unwrap_or_else(PoisonError::into_inner);
        *is_rung = false;
    }

    /// Whether anybody here would come.
    pub fn has_workers(&self) -> bool {
        self.workers.load(Ordering::Relaxed) > 0
    }

    /// So many more will.
    pub fn join(&self, workers: usize) {
        self.workers.fetch_add(workers, Ordering::Relaxed);
    }

    /// One goes.
    pub fn leave(&self) {
        self.workers.fetch_sub(1, Ordering::Relaxed);
    }
}
