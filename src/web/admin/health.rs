//! How the machinery is: the database, the pool, the workers, what waits, the disk.

use std::time::Duration;

use actix_web::web::Data;
use askama::Template;
use chrono::{DateTime, Utc};

use super::settings::Settings;
use crate::db::Database;
use crate::db::database::PoolState;
use crate::db::gauges::{self, Gauges};
use crate::db::health::{self, Server, Worker};
use crate::storage;
use crate::web::context::Admin;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// Below so many bytes somebody should look.
const LITTLE: u64 = 2048 * 1024 * 1024;
/// For so long work that could begin may wait before somebody should look.
const PATIENCE: f64 = 60.0;
/// So far two clocks may stand apart, in milliseconds: the rest is the way there and back.
const APART: i64 = 2000;

#[derive(Template)]
#[template(path = "admin/health.html")]
struct Page {
    shell: Shell,
    server: Server,
    gauges: Gauges,
    workers: Vec<Worker>,
    pool: PoolState,
    /// How far this machine's clock stands from the server's, in milliseconds.
    apart: i64,
    /// Free bytes on the data folder's disk, where that can be asked.
    free: Option<u64>,
}

/// Shows it.
pub async fn page(by: Admin, database: Database, settings: Data<Settings>) -> Answer {
    let before = Utc::now();
    let read = database.run(|conn| Ok((health::server(conn)?, gauges::read(conn)?, health::workers(conn)?)));
    let (server, gauges, workers) = read.await?;
    let free = settings.data.as_deref().and_then(storage::free);
    let apart = apart(server.now, before, Utc::now());
    respond::page(&Page { shell: by.shell(), server, gauges, workers, pool: database.pool(), apart, free })
}

/// How far a clock that was read between two moments stands outside of them.
fn apart(there: DateTime<Utc>, before: DateTime<Utc>, after: DateTime<Utc>) -> i64 {
    if there < before { (before - there).num_milliseconds() } else { (there - after).num_milliseconds().max(0) }
}

/// One line of the page: what, how it stands, and whether somebody should look.
struct Line {
    about: &'static str,
    says: String,
    heed: bool,
}

impl Line {
    fn new(about: &'static str, heed: bool, says: String) -> Self {
        Self { about, says, heed }
    }
}

impl Page {
    fn lines(&self) -> Vec<Line> {
        let (server, gauges) = (&self.server, &self.gauges);
        let megabytes = |bytes: u64| format!("{} MB", bytes / (1024 * 1024));
        let taken = self.pool.connections.saturating_sub(self.pool.idle);
        let waits = |count: i64, oldest: f64| match count {
            0 => "nothing waits".to_owned(),
            count => format!("{count} wait, the first for {}", span(oldest)),
        };
        let size = u64::try_from(server.bytes).unwrap_or_default();
        let is_full = server.connections * 10 > i64::from(server.most) * 9;
        vec![
            Line::new("PostgreSQL", false, format!("{}, schema of {}", server.version, server.schema.as_deref().unwrap_or("no migration"))),
            Line::new("Size of the database", false, megabytes(size)),
            Line::new("Clock of the database", self.apart > APART, format!("within {} ms of this machine’s", self.apart.max(1))),
            Line::new(
                "Connections of the server",
                is_full,
                format!("{} of {} to this database, of all processes", server.connections, server.most),
            ),
            Line::new(
                "Connections of this process",
                taken >= self.pool.limit,
                format!("{taken} in use, {} idle, at most {}", self.pool.idle, self.pool.limit),
            ),
            Line::new(
                "Waits for a lock",
                gauges.waiting > 0,
                format!("{} connections; {} deadlocks were broken up so far", gauges.waiting, gauges.deadlocks),
            ),
            Line::new(
                "Background jobs",
                gauges.jobs_oldest_due > PATIENCE,
                format!("{} run, {}", gauges.jobs_running, waits(gauges.jobs_due, gauges.jobs_oldest_due)),
            ),
            Line::new("Jobs that failed in 24 hours", server.jobs_failed > 0, server.jobs_failed.to_string()),
            Line::new("Letters", gauges.mails_oldest_due > PATIENCE, waits(gauges.mails_due, gauges.mails_oldest_due)),
            Line::new("Letters that could not be delivered", server.mails_failed > 0, server.mails_failed.to_string()),
            Line::new(
                "Disk of the data folder",
                self.free.is_some_and(|free| free < LITTLE),
                self.free.map_or_else(|| "cannot be asked".to_owned(), |free| format!("{} free", megabytes(free))),
            ),
            Line::new("Chains and rules", false, "are looked at by guildhall verify, whose runs are not kept".to_owned()),
        ]
    }

    fn now(&self) -> Moment {
        shown::exact(&self.shell.clock, self.server.now)
    }

    fn since(&self) -> Moment {
        shown::time(&self.shell.clock, self.server.since)
    }

    /// How many lines ask for somebody.
    fn heeded(&self) -> usize {
        self.lines().iter().filter(|line| line.heed).count()
    }

    fn heard(&self, worker: &Worker) -> String {
        worker.heard_at.map_or_else(|| "not yet".to_owned(), |at| format!("{} ago", shown::span(self.server.now - at)))
    }
}

/// Seconds in the largest unit that is full.
fn span(seconds: f64) -> String {
    let long = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default();
    shown::span(chrono::TimeDelta::from_std(long).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_there_and_back_is_not_held_against_a_clock() {
        let at = |millis| DateTime::from_timestamp_millis(millis).expect("a moment");
        for (there, millis) in [(9_000, 1_000), (10_000, 0), (15_000, 0), (20_500, 500)] {
            assert_eq!(apart(at(there), at(10_000), at(20_000)), millis, "{there}");
        }
        assert_eq!((span(0.2), span(61.0)), ("less than a second".to_owned(), "1 minute".to_owned()));
    }
}
