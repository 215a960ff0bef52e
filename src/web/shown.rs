//! Times and dates as people read them, in their own zone.

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, TimeDelta, Utc};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

/// A person's zone with its name; UTC where it is not said or not known.
pub fn zone(name: Option<&str>) -> (TimeZone, String) {
    match name {
        None | Some("UTC") => (TimeZone::UTC, "UTC".to_owned()),
        Some(name) => TimeZone::get(name).map_or_else(|_| (TimeZone::UTC, "UTC".to_owned()), |zone| (zone, name.to_owned())),
    }
}

/// A moment, for `<time datetime>` and its words.
#[derive(Debug, Clone)]
pub struct Moment {
    /// RFC 3339 in UTC.
    pub iso: String,
    /// In the person's zone, with its name.
    pub words: String,
}

/// `Tue 1 Dec 2026, 17:00 CET`.
pub fn time(zone: &TimeZone, at: DateTime<Utc>) -> Moment {
    moment(zone, at, "%a %-d %b %Y, %H:%M %Z")
}

/// The day in the person's zone: `Tue 1 Dec 2026`.
pub fn date(zone: &TimeZone, at: DateTime<Utc>) -> String {
    moment(zone, at, "%a %-d %b %Y").words
}

/// The hour of a day that is named elsewhere: `17:00 CET`.
pub fn hour(zone: &TimeZone, at: DateTime<Utc>) -> Moment {
    moment(zone, at, "%H:%M %Z")
}

/// To the second, as on conflict and history pages: `Tue 1 Dec 2026, 17:00:07 CET`.
pub fn exact(zone: &TimeZone, at: DateTime<Utc>) -> Moment {
    moment(zone, at, "%a %-d %b %Y, %H:%M:%S %Z")
}

/// To the second, without the day where that is today's: `17:00:07 CET`.
pub fn second(zone: &TimeZone, at: DateTime<Utc>, now: DateTime<Utc>) -> Moment {
    let day = |at| zoned(zone, at).map(|zoned| zoned.date());
    if day(at) == day(now) { moment(zone, at, "%H:%M:%S %Z") } else { exact(zone, at) }
}

/// How long between two moments, in the largest unit that is full: `3 seconds`.
pub fn span(long: TimeDelta) -> String {
    let units = [(long.num_days(), "day"), (long.num_hours(), "hour"), (long.num_minutes(), "minute"), (long.num_seconds(), "second")];
    match units.into_iter().find(|(count, _)| *count > 0) {
        Some((1, unit)) => format!("1 {unit}"),
        Some((count, unit)) => format!("{count} {unit}s"),
        None => "less than a second".to_owned(),
    }
}

fn moment(zone: &TimeZone, at: DateTime<Utc>, format: &str) -> Moment {
    let words = zoned(zone, at).map_or_else(|| at.to_rfc3339(), |zoned| zoned.strftime(format).to_string());
    Moment { iso: at.to_rfc3339_opts(SecondsFormat::Secs, true), words }
}

fn zoned(zone: &TimeZone, at: DateTime<Utc>) -> Option<jiff::Zoned> {
    Timestamp::from_microsecond(at.timestamp_micros()).ok().map(|at| at.to_zoned(zone.clone()))
}

/// `Mon 7 Dec 2026`.
pub fn day(day: NaiveDate) -> String {
    let format = || {
        Some(
            civil::date(day.year().try_into().ok()?, day.month().try_into().ok()?, day.day().try_into().ok()?)
                .strftime("%a %-d %b %Y")
                .to_string(),
        )
    };
    format().unwrap_or_else(|| day.to_string())
}

/// As `<input type=datetime-local>` shows it.
pub fn field(zone: &TimeZone, at: DateTime<Utc>) -> String {
    zoned(zone, at).map_or_else(String::new, |zoned| zoned.strftime("%Y-%m-%dT%H:%M").to_string())
}

/// Reads RFC 3339, or what `<input type=datetime-local>` sends: a wall clock in the person's zone. A time that a
/// clock change skips is moved on by the gap, one that comes twice is the first.
pub fn parse_field(zone: &TimeZone, text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    let clock: civil::DateTime = text.parse().ok()?;
    let at = zone.to_ambiguous_zoned(clock).compatible().ok()?.timestamp();
    DateTime::from_timestamp_micros(at.as_microsecond()).filter(|at| (2000..=2200).contains(&at.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris() -> TimeZone {
        zone(Some("Europe/Paris")).0
    }

    #[test]
    fn times_are_shown_in_the_persons_zone() {
        let at = DateTime::parse_from_rfc3339("2026-12-01T16:00:07Z").unwrap().to_utc();
        assert_eq!(time(&paris(), at).words, "Tue 1 Dec 2026, 17:00 CET");
        assert_eq!(exact(&TimeZone::UTC, at).words, "Tue 1 Dec 2026, 16:00:07 UTC");
        assert_eq!(time(&paris(), at).iso, "2026-12-01T16:00:07Z");
    }

    #[test]
    fn spans_are_told_in_the_largest_full_unit() {
        for (seconds, words) in
            [(0, "less than a second"), (1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (7300, "2 hours"), (90_000, "1 day")]
        {
            assert_eq!(span(TimeDelta::seconds(seconds)), words);
        }
        assert_eq!(span(TimeDelta::milliseconds(-5)), "less than a second");
    }

    #[test]
    fn a_wall_clock_is_read_in_the_persons_zone() {
        let read = |text| parse_field(&paris(), text).map(|at| at.to_rfc3339());
        assert_eq!(read("2026-12-01T17:00").as_deref(), Some("2026-12-01T16:00:00+00:00"));
        assert_eq!(read("2026-07-01T17:00").as_deref(), Some("2026-07-01T15:00:00+00:00"));
        assert_eq!(read("2026-12-01T17:00:00Z").as_deref(), Some("2026-12-01T17:00:00+00:00"));
        // the hour that does not exist, and the one that comes twice
        assert_eq!(read("2026-03-29T02:30").as_deref(), Some("2026-03-29T01:30:00+00:00"));
        assert_eq!(read("2026-10-25T02:30").as_deref(), Some("2026-10-25T00:30:00+00:00"));
        for odd in ["", "tomorrow", "2026-13-01T00:00", "9999-01-01T00:00", "-5"] {
            assert!(read(odd).is_none(), "{odd}");
        }
    }
}
