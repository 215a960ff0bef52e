//! The lock monitor: locks by name, who waits for whom in PostgreSQL, and what it all comes to.

use askama::Template;

use super::jobs::milliseconds;
use super::wait;
use super::waits::{Line, tree};
use crate::db::lock_waits::Deadlocks;
use crate::db::named_locks::{Known, Waiter};
use crate::db::{Database, jobs, lock_waits, named_locks};
use crate::web::context::Admin;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "admin/locks.html")]
struct Page {
    shell: Shell,
    locks: Vec<Known>,
    waiters: Vec<Waiter>,
    lines: Vec<Line>,
    deadlocks: Deadlocks,
    conflicts: i64,
}

/// Shows it.
pub async fn page(by: Admin, database: Database) -> Answer {
    let found = database.run(|conn| {
        let named = (named_locks::list(conn)?, named_locks::waiters(conn)?);
        Ok((named, lock_waits::list(conn)?, lock_waits::deadlocks(conn)?, jobs::conflicts(conn)?))
    });
    let ((locks, waiters), held, deadlocks, conflicts) = found.await?;
    respond::page(&Page { shell: by.shell(), locks, waiters, lines: tree(held), deadlocks, conflicts })
}

impl Page {
    fn sum(&self, of: fn(&Known) -> i64) -> i64 {
        self.locks.iter().map(of).sum()
    }

    fn taken(&self) -> i64 {
        self.sum(|lock| lock.taken)
    }

    fn timed_out(&self) -> i64 {
        self.sum(|lock| lock.timed_out)
    }

    fn waiting(&self) -> usize {
        self.lines.iter().filter(|line| line.held.waited.is_some()).count()
    }

    fn since(&self) -> Option<Moment> {
        self.deadlocks.since.map(|since| shown::exact(&self.shell.clock, since))
    }

    fn at(&self, at: &chrono::DateTime<chrono::Utc>) -> Moment {
        shown::exact(&self.shell.clock, *at)
    }

    /// Who waits for a lock, one after the other.
    fn waits(&self, lock: &Known) -> Vec<String> {
        let of = self.waiters.iter().filter(|waiter| waiter.key == lock.key);
        of.map(|waiter| format!("{}, for {}", waiter.who, milliseconds((lock.now - waiter.since).num_milliseconds()))).collect()
    }

    fn average(&self, lock: &Known) -> String {
        lock.average.map_or_else(|| "not known".to_owned(), milliseconds)
    }

    /// How far a line is set in: no further than the style goes.
    fn depth(&self, line: &Line) -> usize {
        line.depth.min(6)
    }

    /// Where it is ended by hand: another program's is not ours to end.
    fn end(&self, line: &Line) -> Option<String> {
        let began = wait::stamp(&line.held).filter(|_| line.held.is_ours)?;
        Some(format!("/admin/waits/{}?began={began}", line.held.pid))
    }

    fn long(&self, millis: &i64) -> String {
        milliseconds(*millis)
    }
}
