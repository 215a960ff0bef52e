//! What was worked and spent, added up by month, project or freelancer. Currencies are never added together.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::ids::{ProjectId, UserId};

/// What a report is about: months from and to, both in it, and one project or freelancer alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The first day of the first month.
    pub from: NaiveDate,
    /// The first day of the last month.
    pub to: NaiveDate,
    /// One project alone.
    pub project: Option<ProjectId>,
    /// One freelancer alone.
    pub freelancer: Option<UserId>,
}

/// How many months there are on a report that says nothing else.
const MONTHS: u32 = 12;

impl Filter {
    /// The twelve months up to a day's, or those that are named and make sense.
    pub fn of(today: NaiveDate, from: &str, to: &str, project: Option<ProjectId>, freelancer: Option<UserId>) -> Self {
        let to = month(to).or_else(|| today.with_day(1)).unwrap_or(today);
        let from = month(from).filter(|from| *from <= to).or_else(|| to.checked_sub_months(Months::new(MONTHS - 1))).unwrap_or(to);
        Self { from, to, project, freelancer }
    }

    /// The first day that is not in it any more.
    pub fn end(&self) -> NaiveDate {
        self.to.checked_add_months(Months::new(1)).unwrap_or(self.to)
    }
}

/// The first day of a month, `2026-11`.
pub fn month(text: &str) -> Option<NaiveDate> {
    let (year, month) = text.trim().split_once('-')?;
    let digits = |text: &str, long| text.len() == long && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(year, 4) && digits(month, 2)).then(|| NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)).flatten()
}

/// A month as its address has it.
pub fn month_of(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// One freelancer's work on one project in one month and currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which project.
    pub project: ProjectId,
    /// Its title.
    pub title: String,
    /// Who worked.
    pub freelancer: UserId,
    /// Their name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// `2026-11`.
    pub month: String,
    /// Approved time of the weeks that begin in it.
    pub minutes: i64,
    /// Sums before tax of the invoices issued in it that are not void.
    pub invoiced: i64,
    /// Of these, what is paid.
    pub paid: i64,
}

/// Entries that were added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    /// Approved time.
    pub minutes: i64,
    /// Invoiced before tax.
    pub invoiced: i64,
    /// Of this, paid.
    pub paid: i64,
}

impl Sum {
    fn add(&mut self, entry: &Entry) {
        self.minutes += entry.minutes;
        self.invoiced += entry.invoiced;
        self.paid += entry.paid;
    }
}

/// The currencies of a report, in order.
pub fn currencies(entries: &[Entry]) -> Vec<String> {
    let mut all: Vec<String> = entries.iter().map(|entry| entry.currency.clone()).collect();
    all.sort();
    all.dedup();
    all
}

/// All of one currency.
pub fn total(entries: &[Entry], currency: &str) -> Sum {
    let mut sum = Sum::default();
    entries.iter().filter(|entry| entry.currency == currency).for_each(|entry| sum.add(entry));
    sum
}

/// One currency by a key, in its order: what a sum is called stands beside it.
pub fn by<K: Ord>(entries: &[Entry], currency: &str, key: impl Fn(&Entry) -> (K, String)) -> Vec<(String, Sum)> {
    let mut sums: BTreeMap<K, (String, Sum)> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.currency == currency) {
        let (key, label) = key(entry);
        sums.entry(key).or_insert_with(|| (label, Sum::default())).1.add(entry);
    }
    sums.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(month: &str, project: i64, currency: &str, invoiced: i64) -> Entry {
        let (title, name) = (format!("P{project}"), "Ada".to_owned());
        let (project, freelancer) = (ProjectId(project), UserId(1));
        Entry { project, title, freelancer, name, currency: currency.into(), month: month.into(), minutes: 60, invoiced, paid: 0 }
    }

    #[test]
    fn currencies_are_never_added_together() {
        let all = [entry("2026-10", 1, "EUR", 5), entry("2026-11", 1, "EUR", 7), entry("2026-11", 2, "USD", 9)];
        assert_eq!(currencies(&all), ["EUR", "USD"]);
        assert_eq!((total(&all, "EUR").invoiced, total(&all, "USD").invoiced), (12, 9));
        let months = by(&all, "EUR", |entry| (entry.month.clone(), entry.month.clone()));
        assert_eq!(months.iter().map(|(label, sum)| (label.as_str(), sum.invoiced)).collect::<Vec<_>>(), [("2026-10", 5), ("2026-11", 7)]);
        assert_eq!(by(&all, "EUR", |entry| (entry.project, entry.title.clone())).len(), 1);
    }

    #[test]
    fn months_that_make_no_sense_are_the_last_twelve() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let read = |from: &str, to: &str| {
            let filter = Filter::of(today, from, to, None, None);
            (month_of(filter.from), month_of(filter.to))
        };
        let all = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(read("", ""), all("2025-12", "2026-11"));
        assert_eq!(read("2026-01", "2026-03"), all("2026-01", "2026-03"));
        assert_eq!(read("2026-05", "2026-03"), all("2025-04", "2026-03"));
        for odd in ["2026-13", "26-01", "2026-1", "+026-01", "soon"] {
            assert_eq!(month(odd), None, "{odd}");
        }
    }
}
