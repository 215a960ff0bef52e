//! ISO weeks, and where they are cut in a time zone.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// An ISO week: Monday to Sunday, of the year that its Thursday is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week(NaiveDate);

impl Week {
    /// The week that a day is in.
    pub fn of_day(day: NaiveDate) -> Self {
        Self(day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day))
    }

    /// The week that a moment is in, in a zone.
    pub fn of(at: DateTime<Utc>, zone: &TimeZone) -> Self {
        Self::of_day(day_of(at, zone))
    }

    /// Reads `2026-W47`; only years of this age.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, week) = text.trim().split_once("-W")?;
        let digits =
            |text: &str, many| (text.len() == many && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<u32>().ok());
        let (year, week) = (digits(year, 4)??, digits(week, 2)??);
        let year = i32::try_from(year).ok().filter(|year| (2000..=2200).contains(year))?;
        NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).map(Self)
    }

    /// Its Monday.
    pub fn monday(self) -> NaiveDate {
        self.0
    }

    /// Its number in the year.
    pub fn number(self) -> u32 {
        self.0.iso_week().week()
    }

    /// Its days, Monday first.
    pub fn days(self) -> [NaiveDate; 7] {
        [0, 1, 2, 3, 4, 5, 6].map(|later| self.0.checked_add_days(Days::new(later)).unwrap_or(self.0))
    }

    /// The week after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_days(Days::new(7)).unwrap_or(self.0))
    }

    /// The week before it.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0.checked_sub_days(Days::new(7)).unwrap_or(self.0))
    }

    /// When it begins in a zone, and when the next one does.
    pub fn edges(self, zone: &TimeZone) -> (DateTime<Utc>, DateTime<Utc>) {
        (day_begins(self.0, zone), day_begins(self.next().0, zone))
    }

    /// When its days begin in a zone, and at the end when the next week does: over clock changes a day has 23 or 25 hours.
    pub fn day_edges(self, zone: &TimeZone) -> [DateTime<Utc>; 8] {
        let [a, b, c, d, e, f, g] = self.days();
        [a, b, c, d, e, f, g, self.next().0].map(|day| day_begins(day, zone))
    }
}

impl std::fmt::Display for Week {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let week = self.0.iso_week();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

/// The first moment of a day in a zone.
pub(super) fn day_begins(day: NaiveDate, zone: &TimeZone) -> DateTime<Utc> {
    let begins = || {
        let midnight = civil::date(day.year().try_into().ok()?, day.month().try_into().ok()?, day.day().try_into().ok()?).at(0, 0, 0, 0);
        let at = zone.to_ambiguous_zoned(midnight).compatible().ok()?.timestamp();
        DateTime::from_timestamp(at.as_second(), 0)
    };
    begins().unwrap_or_else(|| day.and_time(chrono::NaiveTime::MIN).and_utc())
}

/// The day of a moment in a zone.
pub(super) fn day_of(at: DateTime<Utc>, zone: &TimeZone) -> NaiveDate {
    let day = || {
        let local = Timestamp::from_second(at.timestamp()).ok()?.to_zoned(zone.clone()).date();
        NaiveDate::from_ymd_opt(local.year().into(), u32::try_from(local.month()).ok()?, u32::try_from(local.day()).ok()?)
    };
    day().unwrap_or_else(|| at.date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a zone")
    }

    #[test]
    fn weeks_are_read_and_written_as_in_addresses() {
        for good in ["2026-W47", "2026-W53", "2025-W01"] {
            assert_eq!(Week::parse(good).map(|week| week.to_string()).as_deref(), Some(good));
        }
        for bad in ["", "2026-47", "2026-W54", "2025-W53", "2026-W00", "26-W47", "2026-W7", "2026-W+7", "9999-W01"] {
            assert_eq!(Week::parse(bad), None, "{bad}");
        }
        assert_eq!(Week::parse("2026-W53").map(|week| week.next().to_string()).as_deref(), Some("2027-W01"));
        assert_eq!(Week::parse("2027-W01").map(|week| week.previous().to_string()).as_deref(), Some("2026-W53"));
    }

    #[test]
    fn a_week_with_a_clock_change_has_an_hour_less_or_more() {
        let hours = |week, name: &str| {
            let (begins, ends) = Week::parse(week).expect("a week").edges(&zone(name));
            (ends - begins).num_minutes()
        };
        assert_eq!(hours("2026-W12", "Europe/Berlin"), 168 * 60);
        assert_eq!(hours("2026-W13", "Europe/Berlin"), 167 * 60);
        assert_eq!(hours("2026-W43", "Europe/Berlin"), 169 * 60);
        assert_eq!(hours("2026-W14", "Australia/Lord_Howe"), 168 * 60 + 30);
    }

    #[test]
    fn weeks_follow_each_other_without_a_gap() {
        for name in ["Europe/Berlin", "America/Havana", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia", "UTC"] {
            let (zone, mut week) = (zone(name), Week::parse("2009-W01").expect("a week"));
            for _ in 0..1000 {
                let edges = week.day_edges(&zone);
                assert!(edges.is_sorted(), "{name} {week}");
                assert_eq!(edges[7], week.next().edges(&zone).0, "{name} {week}");
                assert_eq!(Week::of(edges[0], &zone), week, "{name} {week}");
                week = week.next();
            }
        }
    }
}
