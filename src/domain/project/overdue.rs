//! What becomes of a project on which nobody decides: it is told of in time, and closed by the house long after its
//! deadline. Judged under its lock.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Project, ProjectStatus};

/// How long before a deadline people are told that it is near.
pub const NEAR_HOURS: i64 = 48;
/// How long before it is closed people are told that it will be.
pub const WARNING_DAYS: i64 = 7;

/// After how many days the house closes an open project whose deadline has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosesAfter(i64);

impl ClosesAfter {
    /// So many days; nothing for 0: never.
    pub fn days(days: u16) -> Option<Self> {
        (days > 0).then_some(Self(days.into()))
    }

    /// Between the deadline and the closing.
    pub fn span(self) -> TimeDelta {
        TimeDelta::days(self.0)
    }

    /// Between the warning and the closing: all of the time, where that is short.
    pub fn warning(self) -> TimeDelta {
        TimeDelta::days(WARNING_DAYS.min(self.0))
    }

    /// The number of days.
    pub fn count(self) -> i64 {
        self.0
    }
}

/// A decision to close, made under the project's lock by [`Project::overdue`] alone.
#[derive(Debug)]
pub struct Closing {
    reason: String,
}

impl Closing {
    /// Why, for everybody concerned.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl Project {
    /// Whether people are to be told that proposals close soon.
    pub fn deadline_is_near(&self, at: DateTime<Utc>) -> bool {
        self.status == ProjectStatus::Open && at < self.deadline && self.deadline - at <= TimeDelta::hours(NEAR_HOURS)
    }

    /// When the house will close it, where its people are to be told of that now: never sooner than the warning is long.
    pub fn closes_by_itself(&self, rule: ClosesAfter, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let closes = self.deadline + rule.span();
        let is_due = self.status == ProjectStatus::Open && !self.is_held() && closes - rule.warning() <= at;
        is_due.then(|| closes.max(at + rule.warning()))
    }

    /// Whether the house closes it, which it does not while it holds it: so many days after the deadline that it has now, and only after its people were told of
    /// that, about this very deadline, and had the time to decide.
    pub fn overdue(&self, rule: ClosesAfter, warned_at: Option<DateTime<Utc>>, at: DateTime<Utc>) -> Option<Closing> {
        let had_time = warned_at.is_some_and(|warned| warned + rule.warning() <= at);
        let is_due = self.status == ProjectStatus::Open && !self.is_held() && had_time && self.deadline + rule.span() <= at;
        let days = if rule.0 == 1 { "one day".to_owned() } else { format!("{} days", rule.0) };
        is_due.then(|| Closing { reason: format!("Nobody decided within {days} after proposals had closed.") })
    }
}
