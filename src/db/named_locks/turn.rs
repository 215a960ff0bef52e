//! A turn at a named lock: waited for, gone on with, and given back. No connection is held while it waits or works.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{give_back, go_on, take, write_waited, write_waiting};
use crate::db::{Database, Failure, Fault};
use crate::domain::named_lock::{HeldLock, LockTimedOut, NamedLock};

/// It looks this often at first whether the lock is free, and ever less often.
const FIRST_LOOK: Duration = Duration::from_millis(20);
const LONGEST_LOOK: Duration = Duration::from_millis(320);

/// A lock that is held.
pub struct Turn {
    database: Database,
    held: HeldLock,
    renewed: Mutex<Instant>,
}

impl Turn {
    /// Takes the lock in somebody's name, waiting as long as its kind allows.
    ///
    /// # Errors
    /// [`LockTimedOut`]; or whatever broke.
    pub async fn take(database: &Database, lock: NamedLock, who: &str) -> Result<Self, Failure<LockTimedOut>> {
        let began = Instant::now();
        let (mut look, mut waiter) = (FIRST_LOOK, None);
        loop {
            let name = who.to_owned();
            let waits = waiter.is_none();
            let tried = database.run(move |conn| {
                let held = take(conn, lock, &name)?;
                let waiter = if held.is_none() && waits { Some(write_waiting(conn, lock, &name)?) } else { None };
                Ok::<_, Failure<LockTimedOut>>((held, waiter))
            });
            let (held, noted) = tried.await?;
            waiter = waiter.or(noted);
            let left = lock.kind().times().wait.saturating_sub(began.elapsed());
            if held.is_some() || left.is_zero() {
                let in_vain = held.is_none();
                let holder = match waiter {
                    Some(waiter) => {
                        database.run(move |conn| Ok::<_, Failure<LockTimedOut>>(write_waited(conn, lock, waiter, in_vain)?)).await?
                    }
                    None => None,
                };
                let Some(held) = held else { return Err(Failure::Refused(LockTimedOut { lock, holder })) };
                return Ok(Self { database: database.clone(), held, renewed: Mutex::new(Instant::now()) });
            }
            tokio::time::sleep(look.min(left)).await;
            look = (look * 2).min(LONGEST_LOOK);
        }
    }

    /// What proves it: for [`Connection::under`](crate::db::Connection::under).
    pub fn held(&self) -> HeldLock {
        self.held
    }

    /// Begins the lease anew where a third of it has passed: asked between pieces of work, as often as one likes.
    ///
    /// # Errors
    /// [`Fault::LockLost`] where somebody else has the lock by now; or whatever broke.
    pub async fn go_on(&self) -> Result<(), Fault> {
        let held = self.held;
        let due = {
            let mut renewed = self.renewed.lock().unwrap_or_else(PoisonError::into_inner);
            let due = renewed.elapsed() > held.lock.kind().times().lease / 3;
            if due {
                *renewed = Instant::now();
            }
            due
        };
        if !due {
            return Ok(());
        }
        let done = self.database.run(move |conn| Ok::<_, Failure<std::convert::Infallible>>(go_on(conn, &held)?)).await;
        match done {
            Ok(true) => Ok(()),
            Ok(false) => Err(Fault::LockLost(held.lock)),
            Err(Failure::Broken(fault)) => Err(fault),
            Err(Failure::Refused(never)) => match never {},
        }
    }

    /// Gives the lock back. What cannot be given back lapses.
    pub async fn end(self) {
        let held = self.held;
        let done = self.database.run(move |conn| Ok::<_, Failure<std::convert::Infallible>>(give_back(conn, &held)?)).await;
        match done {
            Ok(true) => {}
            Ok(false) => tracing::warn!(lock = %held.lock, "the lock had lapsed and was taken by another"),
            Err(failure) => tracing::warn!(lock = %held.lock, ?failure, "the lock could not be given back: it will lapse"),
        }
    }
}
