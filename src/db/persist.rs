//! Trying again what met a passing fault, by a policy.

use std::time::Duration;

use crate::domain::retry::RetryPolicy;

/// What is slept by between two tries.
pub trait Clock {
    /// Comes back after so long.
    fn sleep(&mut self, delay: Duration) -> impl Future<Output = ()> + Send;
}

/// The machine's clock.
pub struct Exactly;

impl Clock for Exactly {
    async fn sleep(&mut self, delay: Duration) {
        tokio::time::sleep(delay).await;
    }
}

/// The machine's clock, and up to half as long again: those who met once do not meet again.
pub struct Jittered;

impl Clock for Jittered {
    async fn sleep(&mut self, delay: Duration) {
        tokio::time::sleep(longer(delay)).await;
    }
}

fn longer(delay: Duration) -> Duration {
    delay.mul_f64(1.0 + rand::random::<f64>() / 2.0)
}

/// The tries that a policy leaves after the first.
pub struct Tries<D, C> {
    delays: D,
    clock: C,
}

/// Begins with the first try, by a clock.
pub fn tries<C: Clock>(policy: RetryPolicy, clock: C) -> Tries<impl Iterator<Item = Duration> + Send, C> {
    Tries { delays: policy.delays(), clock }
}

impl<D: Iterator<Item = Duration>, C: Clock> Tries<D, C> {
    /// Whether work that came to this is to be done once more, asked after each try: where it `passes` and the policy is not at
    /// its end, after the delay. Whatever else it came to is its answer at once.
    pub async fn again(&mut self, passes: bool) -> bool {
        if !passes {
            return false;
        }
        let Some(delay) = self.delays.next() else { return false };
        self.clock.sleep(delay).await;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::retry::{AGGRESSIVE, CONSERVATIVE, DEFAULT, LOCK_ACQUISITION};

    /// A clock that does not run: how long each sleep would have been, in seconds.
    impl Clock for &mut Vec<f64> {
        async fn sleep(&mut self, delay: Duration) {
            self.push(delay.as_secs_f64());
        }
    }

    /// Work that meets a busy row so many times before `then`: what came of it, how often it was done, and the sleeps.
    async fn tried(policy: RetryPolicy, busy: usize, then: &'static str) -> (&'static str, usize, Vec<f64>) {
        let (mut slept, mut times) = (Vec::new(), 0);
        let mut left = tries(policy, &mut slept);
        let came = loop {
            times += 1;
            let came = if times > busy { then } else { "busy" };
            if !left.again(came == "busy").await {
                break came;
            }
        };
        drop(left);
        (came, times, slept)
    }

    #[tokio::test]
    async fn each_try_comes_exactly_when_its_policy_says() {
        for (policy, delays) in [
            (DEFAULT, vec![0.1, 0.2, 0.4]),
            (AGGRESSIVE, vec![0.05, 0.075, 0.1125, 0.16875, 0.253125]),
            (CONSERVATIVE, vec![0.5, 1.25]),
            (LOCK_ACQUISITION, vec![0.1, 0.15, 0.225, 0.3375]),
        ] {
            let times = delays.len() + 1;
            assert_eq!(tried(policy, usize::MAX, "done").await, ("busy", times, delays), "the last word is the work's own");
        }
    }

    #[tokio::test]
    async fn what_works_is_not_done_again_and_a_refusal_is_heard_once() {
        assert_eq!(tried(DEFAULT, 0, "done").await, ("done", 1, vec![]));
        assert_eq!(tried(DEFAULT, 2, "done").await, ("done", 3, vec![0.1, 0.2]));
        assert_eq!(tried(AGGRESSIVE, 0, "no").await, ("no", 1, vec![]));
        assert_eq!(tried(CONSERVATIVE, 1, "no").await, ("no", 2, vec![0.5]));
    }

    #[test]
    fn jitter_only_lengthens_and_by_half_at_most() {
        let delay = Duration::from_millis(100);
        assert!((0..1000).map(|_| longer(delay)).all(|longer| (delay..=delay.mul_f64(1.5)).contains(&longer)));
    }
}
