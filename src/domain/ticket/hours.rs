//! When the house is there, and until when it owes an answer: so many minutes of its own hours, in its own zone.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Nobody waits for more days than these, however seldom the house is there.
const MOST_DAYS: usize = 4000;
/// Minutes of a day.
const DAY: i32 = 24 * 60;

/// The house's hours: a week of them, and the days on which it is closed all the same.
#[derive(Debug, Clone)]
pub struct Hours {
    /// The house's own zone.
    pub zone: TimeZone,
    /// From which to which minute of the day, Monday first; the same minute twice where nobody is there.
    pub days: [(i32, i32); 7],
    /// Days on which nobody is there.
    pub holidays: Vec<NaiveDate>,
}

impl Hours {
    /// From what is stored: a zone's name, and seven minutes of opening and closing.
    pub fn of(zone: &str, opens: &[i32], closes: &[i32], holidays: Vec<NaiveDate>) -> Self {
        let mut days = [(0, 0); 7];
        for (day, times) in days.iter_mut().zip(opens.iter().zip(closes)) {
            *day = (*times.0, *times.1);
        }
        Self { zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC), days, holidays }
    }

    /// When so many minutes of the house's hours have passed since a moment. A day with a change of clocks has the hours
    /// that its clock says.
    pub fn after(&self, from: DateTime<Utc>, minutes: i32) -> DateTime<Utc> {
        let mut left = TimeDelta::minutes(minutes.into());
        let mut day = self.day_of(from);
        for _ in 0..MOST_DAYS {
            let Some(date) = day else { break };
            if let Some((opens, closes)) = self.span(date) {
                let begins = opens.max(from);
                if begins < closes {
                    if closes - begins >= left {
                        return begins + left;
                    }
                    left -= closes - begins;
                }
            }
            day = date.tomorrow().ok();
        }
        from + TimeDelta::minutes(minutes.into())
    }

    fn day_of(&self, at: DateTime<Utc>) -> Option<Date> {
        Timestamp::from_microsecond(at.timestamp_micros()).ok().map(|at| at.to_zoned(self.zone.clone()).date())
    }

    /// From when to when the house is there on a day.
    fn span(&self, date: Date) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let place = usize::try_from(date.weekday().to_monday_zero_offset()).ok()?;
        let (opens, closes) = self.days.get(place).copied().filter(|(opens, closes)| opens < closes)?;
        let is = |holiday: &NaiveDate| {
            (Some(date.year()), Some(date.month()), Some(date.day()))
                == (holiday.year().try_into().ok(), holiday.month().try_into().ok(), holiday.day().try_into().ok())
        };
        (!self.holidays.iter().any(is)).then_some(())?;
        Some((self.moment(date, opens)?, self.moment(date, closes)?))
    }

    fn moment(&self, date: Date, minute: i32) -> Option<DateTime<Utc>> {
        let date = if minute >= DAY { date.tomorrow().ok()? } else { date };
        let minute = minute % DAY;
        let time = Time::new((minute / 60).try_into().ok()?, (minute % 60).try_into().ok()?, 0, 0).ok()?;
        let at = self.zone.to_ambiguous_zoned(date.to_datetime(time)).compatible().ok()?.timestamp();
        DateTime::from_timestamp_micros(at.as_microsecond())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours() -> Hours {
        let work = (9 * 60, 17 * 60);
        let days = [work, work, work, work, work, (540, 540), (540, 540)];
        let holidays = vec![NaiveDate::from_ymd_opt(2026, 12, 25).expect("a day")];
        Hours { zone: TimeZone::get("Europe/Paris").expect("a zone"), days, holidays }
    }

    #[track_caller]
    fn due(from: &str, minutes: i32) -> String {
        let from: DateTime<Utc> = from.parse().expect("a time");
        hours().after(from, minutes).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    #[test]
    fn only_the_house_s_hours_count() {
        // within a day; over an evening; asked at night; over a weekend: Paris is an hour ahead of UTC in November
        assert_eq!(due("2026-11-23T09:00:00Z", 120), "2026-11-23T11:00:00Z");
        assert_eq!(due("2026-11-23T15:00:00Z", 120), "2026-11-24T09:00:00Z");
        assert_eq!(due("2026-11-23T02:00:00Z", 60), "2026-11-23T09:00:00Z");
        assert_eq!(due("2026-11-27T15:30:00Z", 60), "2026-11-30T08:30:00Z");
        // to the last minute of a day, not the first of the next
        assert_eq!(due("2026-11-23T08:00:00Z", 480), "2026-11-23T16:00:00Z");
        // Christmas is a Friday: from Thursday afternoon to Monday morning
        assert_eq!(due("2026-12-24T15:30:00Z", 60), "2026-12-28T08:30:00Z");
    }

    #[test]
    fn a_change_of_clocks_moves_the_hours_with_the_clock_on_the_wall() {
        // Friday before the last Sunday of March: on Monday the house opens at seven UTC, not at eight
        assert_eq!(due("2026-03-27T15:00:00Z", 120), "2026-03-30T08:00:00Z");
        assert_eq!(due("2026-10-23T14:00:00Z", 120), "2026-10-26T09:00:00Z");
        let night = Hours { days: [(0, DAY); 7], holidays: Vec::new(), ..hours() };
        let from: DateTime<Utc> = "2026-03-28T23:00:00Z".parse().expect("a time");
        assert_eq!(night.after(from, 3 * 60), from + TimeDelta::hours(3), "a day of 23 hours has 23");
    }

    #[test]
    fn a_house_that_is_never_there_counts_every_minute() {
        let never = Hours { days: [(540, 540); 7], ..hours() };
        let from: DateTime<Utc> = "2026-11-23T09:00:00Z".parse().expect("a time");
        assert_eq!(never.after(from, 5), from + TimeDelta::minutes(5));
    }
}
