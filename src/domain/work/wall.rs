//! Times that people type, as the clock on their wall shows them.

use chrono::{DateTime, Datelike, Utc};
use jiff::civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use super::log::whole_minute;

/// Why a typed time is none, or not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeWrong {
    /// Nothing that could be a time.
    Unreadable,
    /// The clocks went forward past it: there was no such time.
    Skipped {
        /// When they did.
        at: DateTime<Utc>,
    },
    /// The clocks went back: it was that time twice.
    Twice {
        /// The first.
        first: DateTime<Utc>,
        /// The second.
        second: DateTime<Utc>,
    },
}

/// Reads RFC 3339, or what `<input type=datetime-local>` sends, in the person's zone; to the minute.
///
/// # Errors
/// [`TimeWrong`].
pub fn read_time(zone: &TimeZone, text: &str) -> Result<DateTime<Utc>, TimeWrong> {
    let text = text.trim();
    // with its offset, also without seconds, it is one time and no other
    if let Ok(at) = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z")) {
        return of_this_age(at.to_utc());
    }
    let clock: civil::DateTime = text.parse().map_err(|_| TimeWrong::Unreadable)?;
    let at = |offset: Offset| {
        let at = offset.to_timestamp(clock).ok().and_then(|at| DateTime::from_timestamp(at.as_second(), 0));
        of_this_age(at.ok_or(TimeWrong::Unreadable)?)
    };
    match zone.to_ambiguous_timestamp(clock).offset() {
        AmbiguousOffset::Unambiguous { offset } => at(offset),
        AmbiguousOffset::Fold { before, after } => Err(TimeWrong::Twice { first: at(before)?, second: at(after)? }),
        // read with the clock of before, the time lies behind the change by as much as it lies in the gap
        AmbiguousOffset::Gap { before, .. } => {
            let behind = at(before)?;
            let change = jiff::Timestamp::from_second(behind.timestamp() + 1).ok().and_then(|behind| zone.preceding(behind).next());
            let at = change.and_then(|change| DateTime::from_timestamp(change.timestamp().as_second(), 0)).unwrap_or(behind);
            Err(TimeWrong::Skipped { at })
        }
    }
}

fn of_this_age(at: DateTime<Utc>) -> Result<DateTime<Utc>, TimeWrong> {
    if (2000..=2200).contains(&at.year()) { Ok(whole_minute(at)) } else { Err(TimeWrong::Unreadable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin(text: &str) -> Result<String, TimeWrong> {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        read_time(&zone, text).map(|at| at.to_rfc3339())
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn a_time_is_read_in_the_persons_zone_to_the_minute() {
        assert_eq!(berlin("2026-11-21T09:00"), Ok("2026-11-21T08:00:00+00:00".to_owned()));
        assert_eq!(berlin("2026-07-01T09:00:59"), Ok("2026-07-01T07:00:00+00:00".to_owned()));
        assert_eq!(berlin("2026-11-21T09:00:30.5Z"), Ok("2026-11-21T09:00:00+00:00".to_owned()));
        for bad in ["", "9:00", "2026-13-01T09:00", "1999-01-01T00:00", "tomorrow"] {
            assert_eq!(berlin(bad), Err(TimeWrong::Unreadable), "{bad}");
        }
    }

    #[test]
    fn a_time_that_never_was_and_one_that_was_twice_are_told() {
        assert_eq!(berlin("2026-03-29T02:30"), Err(TimeWrong::Skipped { at: at("2026-03-29T01:00:00Z") }));
        assert_eq!(berlin("2026-03-29T02:00"), Err(TimeWrong::Skipped { at: at("2026-03-29T01:00:00Z") }));
        assert_eq!(berlin("2026-03-29T03:00"), Ok("2026-03-29T01:00:00+00:00".to_owned()));
        let twice = TimeWrong::Twice { first: at("2026-10-25T00:30:00Z"), second: at("2026-10-25T01:30:00Z") };
        assert_eq!(berlin("2026-10-25T02:30"), Err(twice));
        // said with its offset it is one of the two
        assert_eq!(berlin("2026-10-25T02:30+01:00"), Ok("2026-10-25T01:30:00+00:00".to_owned()));
    }
}
