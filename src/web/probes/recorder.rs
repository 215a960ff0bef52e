//! What is counted and how it is told: the one recorder of the process, and the words for each figure.

use std::sync::OnceLock;
use std::time::Duration;

use metrics::{describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::db::counted::{JOBS, MAILS, RETRIES, TURNED_AWAY};

/// Requests by method, route and status.
pub const ASKED: &str = "guildhall_requests_total";
/// How long they took, by route.
pub const TOOK: &str = "guildhall_request_seconds";
/// The limits of the steps in which that is told, in seconds.
const STEPS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// So often samples are put into their steps, so that they do not pile up where nobody reads them.
const UPKEEP: Duration = Duration::from_secs(5);

/// A figure that is read at the moment when somebody asks.
pub struct Gauge {
    /// As Prometheus names it.
    pub name: &'static str,
    /// What it says.
    pub words: &'static str,
}

/// What the gauges are; [`figures`](super::figures) reads them in this order.
pub const GAUGES: [Gauge; 14] = [
    Gauge { name: "guildhall_pool_connections", words: "Connections to PostgreSQL that this process keeps" },
    Gauge { name: "guildhall_pool_idle", words: "Those of them that nobody uses" },
    Gauge { name: "guildhall_pool_limit", words: "How many it may have" },
    Gauge { name: "guildhall_jobs_due", words: "Jobs of the house that could begin now" },
    Gauge { name: "guildhall_jobs_running", words: "Jobs that somebody works on" },
    Gauge { name: "guildhall_jobs_oldest_due_seconds", words: "How long the first job that could begin has waited" },
    Gauge { name: "guildhall_job_conflicts_per_day", words: "Reports of a day refused because another report had overtaken them" },
    Gauge { name: "guildhall_mails_due", words: "Letters that could leave now" },
    Gauge { name: "guildhall_mails_oldest_due_seconds", words: "How long the first of them has waited" },
    Gauge { name: "guildhall_named_locks_held", words: "Locks by name that somebody holds" },
    Gauge { name: "guildhall_named_locks_taken", words: "How often locks by name were ever taken" },
    Gauge { name: "guildhall_named_locks_timed_out", words: "How often somebody gave up waiting for one" },
    Gauge { name: "guildhall_lock_waits", words: "Connections that wait for a lock of PostgreSQL" },
    Gauge { name: "guildhall_deadlocks", words: "Deadlocks that PostgreSQL broke up since it began to count" },
];

/// Begins to count, once in a process, and keeps the samples in order. Where that fails nothing is counted, and the
/// site works without.
pub fn start() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let installed = || {
        let handle = PrometheusBuilder::new().set_buckets(&STEPS).ok()?.install_recorder().ok()?;
        describe_counter!(ASKED, "Requests by method, route and status");
        describe_histogram!(TOOK, "How long requests took, by route");
        describe_counter!(
            RETRIES,
            "Transactions tried again, by why: busy, a row's lock was held; conflict, PostgreSQL broke a deadlock up"
        );
        describe_counter!(TURNED_AWAY, "Changes given up because a row's lock was held to the end of all patience");
        describe_counter!(JOBS, "Jobs that this process left, by the status in which they are");
        describe_counter!(MAILS, "Letters that this process ended, by ending");
        GAUGES.iter().for_each(|gauge| describe_gauge!(gauge.name, gauge.words));
        let kept = handle.clone();
        std::thread::Builder::new()
            .name("guildhall-figures".to_owned())
            .spawn(move || {
                loop {
                    std::thread::sleep(UPKEEP);
                    kept.run_upkeep();
                }
            })
            .ok()?;
        Some(handle)
    };
    RECORDER.get_or_init(installed).as_ref()
}
