//! Where hours go that were typed without a time of day, and what a copy of a week is.

use chrono::{DateTime, TimeDelta, Utc};
use jiff::tz::TimeZone;
use jiff::{Span as Distance, Timestamp};

use super::admit::{Ground, Near};
use super::hours::Minutes;
use super::log::{Span, whole_minute};
use super::week::Week;

/// Where the first hours of a day begin, if nothing is known of it.
const MORNING: TimeDelta = TimeDelta::hours(9);

impl Ground {
    /// Room for so many minutes on a day of a week (0 is Monday): behind the day's last session, from nine on; else the last gap that they
    /// fit in. What has not happened yet is no room.
    pub fn room(&self, week: Week, day: usize, minutes: Minutes) -> Option<Span> {
        let edges = week.day_edges(&self.zone);
        let (begins, ends) = (*edges.get(day)?, (*edges.get(day + 1)?).min(whole_minute(self.at)));
        let long = TimeDelta::minutes(minutes.0);
        let mut taken: Vec<&Near> = self.near.iter().filter(|near| near.span().overlaps(Span { from: begins, to: Some(ends) })).collect();
        taken.sort_by_key(|near| near.from);
        let last = taken.last().map(|near| near.to.unwrap_or(ends));
        let preferred = last.unwrap_or(begins + MORNING).max(begins);
        if preferred + long <= ends {
            return Some(Span { from: preferred, to: Some(preferred + long) });
        }
        let mut latest = ends;
        for near in taken.iter().rev() {
            let free_from = near.to.unwrap_or(ends);
            if free_from + long <= latest {
                return Some(Span { from: latest - long, to: Some(latest) });
            }
            latest = latest.min(near.from);
        }
        (begins + long <= latest).then(|| Span { from: latest - long, to: Some(latest) })
    }
}

/// The same hours a week later, by the clock on the wall.
pub fn week_later(span: Span, zone: &TimeZone) -> Option<Span> {
    let later = |at: DateTime<Utc>| {
        let local = Timestamp::from_second(at.timestamp()).ok()?.to_zoned(zone.clone()).datetime();
        let moved = local.checked_add(Distance::new().days(7)).ok()?;
        DateTime::from_timestamp(zone.to_ambiguous_zoned(moved).compatible().ok()?.timestamp().as_second(), 0)
    };
    Some(Span { from: later(span.from)?, to: Some(later(span.to?)?) })
}
