//! Retry policies by name: how often, and after which delays.

use std::time::Duration;

/// How an operation that met a passing fault is tried again. Jitter comes on top, where it is used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryPolicy {
    /// How many tries after the first.
    pub retries: u32,
    /// Before the first retry.
    pub first: Duration,
    /// What each delay is multiplied by, in thousandths.
    pub backoff_thousandths: u32,
    /// No delay is longer.
    pub longest: Duration,
}

/// Deadlocks and serialisation failures.
pub const DEFAULT: RetryPolicy =
    RetryPolicy { retries: 3, first: Duration::from_millis(100), backoff_thousandths: 2000, longest: Duration::from_secs(5) };

/// For what somebody waits for and that passes quickly.
pub const AGGRESSIVE: RetryPolicy =
    RetryPolicy { retries: 5, first: Duration::from_millis(50), backoff_thousandths: 1500, longest: Duration::from_secs(3) };

/// For what is dear to try: few tries, far apart.
pub const CONSERVATIVE: RetryPolicy =
    RetryPolicy { retries: 2, first: Duration::from_millis(500), backoff_thousandths: 2500, longest: Duration::from_secs(10) };

/// A row's lock that somebody holds.
pub const LOCK_ACQUISITION: RetryPolicy =
    RetryPolicy { retries: 4, first: Duration::from_millis(100), backoff_thousandths: 1500, longest: Duration::from_secs(2) };

/// Reports whose version somebody else's report overtook: three tries in all.
pub const VERSION_CONFLICT: RetryPolicy =
    RetryPolicy { retries: 2, first: Duration::from_millis(100), backoff_thousandths: 2000, longest: Duration::from_secs(5) };

/// A job's attempts that failed.
pub const JOB: RetryPolicy =
    RetryPolicy { retries: 6, first: Duration::from_secs(5), backoff_thousandths: 4000, longest: Duration::from_secs(3600) };

impl RetryPolicy {
    /// The delays between the tries, in order.
    pub fn delays(self) -> impl Iterator<Item = Duration> {
        let mut next = self.first;
        (0..self.retries).map(move |_| {
            let delay = next.min(self.longest);
            next = next * self.backoff_thousandths / 1000;
            delay
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_by_the_policy() {
        let seconds = |policy: RetryPolicy| policy.delays().map(|delay| delay.as_secs_f64()).collect::<Vec<_>>();
        assert_eq!(seconds(DEFAULT), [0.1, 0.2, 0.4]);
        assert_eq!(seconds(AGGRESSIVE), [0.05, 0.075, 0.1125, 0.16875, 0.253125]);
        assert_eq!(seconds(CONSERVATIVE), [0.5, 1.25]);
        assert_eq!(seconds(LOCK_ACQUISITION), [0.1, 0.15, 0.225, 0.3375]);
        assert_eq!(seconds(VERSION_CONFLICT), [0.1, 0.2]);
        assert_eq!(seconds(JOB), [5.0, 20.0, 80.0, 320.0, 1280.0, 3600.0]);
    }
}
