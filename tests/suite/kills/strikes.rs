//! The kills, each placed by name: it waits for its moment, and counts only where that came.
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Integer;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::ground::Ground;
use super::work::Work;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    ServeInAnAward,
    WorkerWithAJob,
    BackendInATransaction,
    ServeInADraft,
    WorkerHalfWay,
    Postmaster,
    ServeWithAJob,
}

impl Kind {
    pub const ALL: &'static [Self] = &[
        Self::ServeInAnAward,
        Self::WorkerWithAJob,
        Self::BackendInATransaction,
        Self::ServeInADraft,
        Self::WorkerHalfWay,
        Self::Postmaster,
        Self::ServeWithAJob,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::ServeInAnAward => "serve, while it is asked for an award",
            Self::WorkerWithAJob => "worker, with a job in its hands",
            Self::BackendInATransaction => "PostgreSQL, one of its processes inside of a transaction that writes",
            Self::ServeInADraft => "serve, while it is asked to draft a project",
            Self::WorkerHalfWay => "worker, half way through a job",
            Self::Postmaster => "PostgreSQL, its first process, while others write",
            Self::ServeWithAJob => "serve, with a job in its hands",
        }
    }
}

/// A kill that hit.
#[derive(Debug, Clone, Copy)]
pub struct Struck {
    pub kind: Kind,
    pub pid: i32,
    pub at: DateTime<Utc>,
}

/// Waits for the moment, and kills.
pub fn strike(kind: Kind, ground: &Ground, work: &Work) -> Option<Struck> {
    let mut eye = ground.connect();
    let end = Instant::now() + Duration::from_secs(8);
    while Instant::now() < end {
        if let Some(pid) = victim(kind, ground, work, &mut eye) {
            let at = SystemTime::now().into();
            if kill(Pid::from_raw(pid), Signal::SIGKILL).is_ok() {
                return Some(Struck { kind, pid, at });
            }
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    None
}

fn victim(kind: Kind, ground: &Ground, work: &Work, eye: &mut PgConnection) -> Option<i32> {
    let serve = i32::try_from(ground.serve.load(Ordering::SeqCst)).ok().filter(|pid| *pid != 0);
    let worker = i32::try_from(ground.worker.load(Ordering::SeqCst)).ok().filter(|pid| *pid != 0);
    match kind {
        Kind::ServeInAnAward => serve.filter(|_| work.awards.load(Ordering::SeqCst) > 0),
        Kind::ServeInADraft => serve.filter(|_| work.drafts.load(Ordering::SeqCst) > 0),
        Kind::ServeWithAJob => serve.filter(|pid| has_job(eye, *pid, 0)),
        Kind::WorkerWithAJob => worker.filter(|pid| has_job(eye, *pid, 0)),
        Kind::WorkerHalfWay => worker.filter(|pid| has_job(eye, *pid, 30)),
        Kind::BackendInATransaction => writer(eye),
        Kind::Postmaster => writer(eye).and_then(|_| ground.postmaster()),
    }
}

fn has_job(eye: &mut PgConnection, pid: i32, progress: i32) -> bool {
    let query =
        format!("SELECT count(*)::int AS n FROM jobs WHERE status = 'RUNNING' AND worker LIKE '%:{pid}' AND progress >= {progress}");
    number(eye, &query).is_some_and(|found| found > 0)
}

/// A server process that has written and not committed yet.
fn writer(eye: &mut PgConnection) -> Option<i32> {
    let query = "SELECT pid AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
        AND backend_type = 'client backend' AND backend_xid IS NOT NULL LIMIT 1";
    number(eye, query)
}

fn number(eye: &mut PgConnection, query: &str) -> Option<i32> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Integer)]
        n: i32,
    }
    diesel::sql_query(query).get_result::<Row>(eye).ok().map(|row| row.n)
}
