//! How many requests a token may make: so many a minute, evenly, and as many at once. Each process counts by itself.

use std::num::NonZeroU32;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::domain::ids::TokenId;

type Limiter = RateLimiter<i64, DashMapStateStore<i64>, DefaultClock, StateInformationMiddleware>;

/// The limits of all tokens.
pub struct Limits {
    limiter: Option<(Limiter, u32)>,
}

/// What is left to a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// As much as it likes.
    Unlimited,
    /// So many more at once.
    Left {
        /// A minute's.
        limit: u32,
        /// Now.
        remaining: u32,
    },
    /// Nothing before so many seconds have passed.
    Spent {
        /// A minute's.
        limit: u32,
        /// How long.
        seconds: u64,
    },
}

impl Limits {
    /// So many requests a minute for each token; nothing: as many as it likes.
    pub fn new(per_minute: Option<u32>) -> Self {
        let limiter = per_minute.and_then(NonZeroU32::new).map(|number| {
            let limiter = RateLimiter::dashmap(Quota::per_minute(number)).with_middleware::<StateInformationMiddleware>();
            (limiter, number.get())
        });
        Self { limiter }
    }

    /// Takes one request off a token's allowance.
    pub fn take(&self, token: TokenId) -> Allowance {
        let Some((limiter, limit)) = &self.limiter else { return Allowance::Unlimited };
        match limiter.check_key(&token.0) {
            Ok(left) => Allowance::Left { limit: *limit, remaining: left.remaining_burst_capacity() },
            Err(not_until) => {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                Allowance::Spent { limit: *limit, seconds: wait.as_secs() + 1 }
            }
        }
    }
}

impl Allowance {
    /// Says it in an answer's headers.
    pub fn say(self, headers: &mut HeaderMap) {
        let (limit, remaining, reset) = match self {
            Self::Unlimited => return,
            Self::Left { limit, remaining } => (limit, remaining, u64::from(limit - remaining.min(limit)) * 60 / u64::from(limit.max(1))),
            Self::Spent { limit, seconds } => (limit, 0, seconds),
        };
        let said = [("ratelimit-limit", u64::from(limit)), ("ratelimit-remaining", u64::from(remaining)), ("ratelimit-reset", reset)];
        for (name, number) in said {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_has_spent_its_minute_waits_and_another_does_not() {
        let limits = Limits::new(Some(3));
        for remaining in [2, 1, 0] {
            assert_eq!(limits.take(TokenId(1)), Allowance::Left { limit: 3, remaining });
        }
        assert!(matches!(limits.take(TokenId(1)), Allowance::Spent { limit: 3, seconds: 1..=20 }));
        assert_eq!(limits.take(TokenId(2)), Allowance::Left { limit: 3, remaining: 2 });
        assert_eq!(Limits::new(None).take(TokenId(1)), Allowance::Unlimited);
    }
}
