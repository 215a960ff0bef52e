//! How a timer ends.

use chrono::{DateTime, TimeDelta, Utc};

use super::admit::{Admitted, Ground, Piece};
use super::hours::Minutes;
use super::log::{LogRefused, Span, WorkLog, whole_minute};
use crate::domain::contract::Contract;

/// A timer that runs for so long was forgotten.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(12);

/// How a timer ended. Only [`Ground::stop`] makes it.
#[derive(Debug, Clone)]
pub struct Stop {
    /// What is kept of it; without a piece, nothing is.
    pub kept: Admitted,
    /// Whether it had been forgotten: what came after twelve hours is not kept.
    pub forgotten: bool,
    /// What the contract's limit for the week left no room for.
    pub beyond: Minutes,
}

impl Ground {
    /// Ends a timer at this moment, or when the person says that it should have ended. What is kept ends after twelve hours, and with
    /// the week's limit: a timer can always be stopped. One that ran for less than a minute leaves nothing.
    ///
    /// # Errors
    /// [`LogRefused`]: it does not run, it should end in time to come, or before it began.
    pub fn stop(&self, contract: &Contract, log: &WorkLog, said: Option<DateTime<Utc>>) -> Result<Stop, LogRefused> {
        if !log.is_running() {
            return Err(LogRefused::NotRunning);
        }
        let now = whole_minute(self.at);
        if said.is_some_and(|said| said > now) {
            return Err(LogRefused::InFuture);
        }
        if said.is_some_and(|said| said <= log.started_at) {
            return Err(LogRefused::NotPositive);
        }
        let longest = log.started_at + FORGOTTEN_AFTER;
        let end = said.unwrap_or(now).min(longest);
        let forgotten = said.unwrap_or(now) > longest;
        if end <= log.started_at {
            return Ok(Stop { kept: Admitted::new(Vec::new()), forgotten: false, beyond: Minutes(0) });
        }
        let mut beyond = Minutes(0);
        let mut kept: Vec<Piece> = Vec::new();
        for mut piece in self.cut(Span { from: log.started_at, to: Some(end) })? {
            let long = piece.span.minutes();
            let most = self.left(piece.week).map_or(long, |left| left.min(long));
            // what a pause of the contract begins with the next week is not work any more
            let most = if kept.is_empty() || contract.takes_time().is_ok() { most } else { Minutes(0) };
            beyond.0 += long.0 - most.0;
            if !most.is_zero() {
                piece.span.to = Some(piece.span.from + TimeDelta::minutes(most.0));
                kept.push(piece);
            }
        }
        Ok(Stop { kept: Admitted::new(kept), forgotten, beyond })
    }
}
