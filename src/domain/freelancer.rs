//! Freelancers' profiles: what they say about themselves.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::field_errors::FieldErrors;
use super::ids::UserId;
use super::money::{Currency, Money, parse_amount};
use super::proposal::parse_day;
use super::refusal::{Refusal, RefusalKind};
use super::words::{About, Headline, parse_skills};

/// A profile, as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::freelancers, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Freelancer {
    pub user_id: UserId,
    pub headline: String,
    pub skills: Vec<String>,
    pub rate: Option<i64>,
    pub currency: String,
    pub about: String,
    pub listed: bool,
    pub available_from: Option<NaiveDate>,
    pub hours_a_week: Option<i32>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

impl Freelancer {
    /// What an hour costs, where it is said.
    pub fn rate(&self) -> Option<Money<'_>> {
        self.rate.map(|minor| Money { minor, currency: &self.currency })
    }

    /// Judges new words for the profile, typed over the version that was seen.
    ///
    /// # Errors
    /// [`ProfileRefused::Changed`].
    pub fn may_save(&self, seen: Option<i32>) -> Result<(), ProfileRefused> {
        match seen.filter(|seen| *seen != self.version) {
            Some(seen) => Err(ProfileRefused::Changed { seen, now: self.version }),
            None => Ok(()),
        }
    }
}

/// What a person typed, before it is judged.
#[derive(Debug, Clone, Copy, Default)]
#[expect(missing_docs, reason = "named as the form's fields")]
pub struct ProfileTyped<'f> {
    pub headline: &'f str,
    pub skills: &'f str,
    /// Per hour; empty: not said.
    pub rate: &'f str,
    pub currency: &'f str,
    /// A day; empty: not said.
    pub available_from: &'f str,
    /// Hours; empty: not said.
    pub hours_a_week: &'f str,
    /// `yes` or `no`; anything else leaves it as it is.
    pub listed: &'f str,
    pub about: &'f str,
}

/// The words of a profile: sound by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as the columns")]
pub struct ProfileContent {
    pub headline: Headline,
    pub skills: Vec<String>,
    pub rate: Option<i64>,
    pub currency: Currency,
    pub available_from: Option<NaiveDate>,
    pub hours_a_week: Option<i32>,
    /// Whether to stand in the directory; nothing leaves it as it is.
    pub listed: Option<bool>,
    pub about: About,
}

impl ProfileContent {
    /// Judges all fields at once.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(typed: &ProfileTyped<'_>) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let headline = wrong.take("headline", Headline::parse(typed.headline));
        let skills = wrong.take("skills", parse_skills(typed.skills));
        let rate = match typed.rate.trim() {
            "" => Some(None),
            rate => wrong.take("rate", parse_amount(rate)).map(Some),
        };
        let currency = wrong.take("currency", Currency::parse(typed.currency).ok_or("Choose a currency"));
        let day = parse_day(typed.available_from).map_err(|_| "Enter the day as a date, like 2026-12-07");
        let available_from = wrong.take("available_from", day);
        let hours_a_week = wrong.take("hours_a_week", parse_hours(typed.hours_a_week));
        let listed = match typed.listed {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let about = wrong.take("about", About::parse(typed.about));
        let content = (|| {
            Some(Self {
                headline: headline?,
                skills: skills?,
                rate: rate?,
                currency: currency?,
                available_from: available_from?,
                hours_a_week: hours_a_week?,
                listed,
                about: about?,
            })
        })();
        wrong.or(content)
    }

    /// Whether anything would change at all.
    pub fn changes(&self, profile: &Freelancer) -> bool {
        self.headline.as_str() != profile.headline
            || self.skills != profile.skills
            || self.rate != profile.rate
            || self.currency.code() != profile.currency
            || self.available_from != profile.available_from
            || self.hours_a_week != profile.hours_a_week
            || self.listed.is_some_and(|listed| listed != profile.listed)
            || self.about.as_str() != profile.about
    }
}

/// Hours a week, 1 to 80; nothing where nothing was typed.
fn parse_hours(typed: &str) -> Result<Option<i32>, &'static str> {
    match typed.trim() {
        "" => Ok(None),
        hours => hours.parse().ok().filter(|hours| (1..=80).contains(hours)).map(Some).ok_or("Enter whole hours a week, 1 to 80"),
    }
}

/// Why a profile is not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileRefused {
    /// No such account.
    Missing,
    /// It changed in another window.
    Changed {
        /// The version the form carried.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
}

impl Refusal for ProfileRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Changed { .. } => RefusalKind::Stale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_need_not_be_said() {
        let typed = ProfileTyped { currency: "EUR", skills: "Rust, SQL", ..ProfileTyped::default() };
        let content = ProfileContent::parse(&typed).unwrap();
        assert_eq!((content.rate, content.skills), (None, vec!["Rust".to_owned(), "SQL".to_owned()]));
        assert_eq!(ProfileContent::parse(&ProfileTyped { rate: "85.50", ..typed }).unwrap().rate, Some(8550));
        assert_eq!((content.hours_a_week, content.available_from, content.listed), (None, None, None));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let typed = ProfileTyped {
            rate: "much",
            currency: "XXX",
            headline: "a\nb",
            available_from: "soon",
            hours_a_week: "90",
            ..ProfileTyped::default()
        };
        let wrong = ProfileContent::parse(&typed).unwrap_err();
        assert_eq!(
            wrong.iter().map(|(field, _)| field).collect::<Vec<_>>(),
            ["headline", "rate", "currency", "available_from", "hours_a_week"]
        );
    }
}
