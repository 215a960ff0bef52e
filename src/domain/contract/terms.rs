//! The terms of a contract, version by version, and what is typed to propose one.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::Side;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ContractId, MilestoneId, UserId};
use crate::domain::money::parse_amount;
use crate::domain::project::ProjectKind;
use crate::domain::proposal::parse_day;
use crate::domain::text_enum::text_enum;
use crate::domain::words::{MilestoneTitle, TermsWords};

/// At most so many milestones are planned at a time.
pub const MOST_PARTS: usize = 20;
const MINUTES_A_WEEK: i64 = 7 * 24 * 60;

text_enum! {
    /// What became of a version.
    TermsAnswer {
        /// In force, from then on.
        Confirmed = "CONFIRMED",
        /// The other side said no.
        Declined = "DECLINED",
        /// Who proposed it took it back.
        Withdrawn = "WITHDRAWN",
    }
}

impl TermsAnswer {
    /// The answer in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed",
            Self::Declined => "Declined",
            Self::Withdrawn => "Taken back",
        }
    }
}

/// A version, as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::contract_terms, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Terms {
    pub contract_id: ContractId,
    pub number: i32,
    pub side: Side,
    pub proposed_by: UserId,
    pub proposed_at: DateTime<Utc>,
    pub amount: i64,
    pub days: i32,
    pub weekly_limit: Option<i32>,
    pub ends_on: Option<NaiveDate>,
    pub words: String,
    pub milestones: serde_json::Value,
    pub answer: Option<TermsAnswer>,
    pub answered_by: Option<UserId>,
    pub answered_at: Option<DateTime<Utc>>,
}

impl Terms {
    /// The milestones that it plans.
    pub fn plan(&self) -> Plan {
        serde_json::from_value(self.milestones.clone()).unwrap_or_default()
    }
}

/// A milestone that a version plans: one that nothing was delivered for, or a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPart {
    /// Which, if it is there already.
    pub id: Option<MilestoneId>,
    /// What it delivers.
    pub title: String,
    /// Minor units.
    pub amount: i64,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

/// The milestones that a version plans, in order; those for which something was delivered stay as they are.
pub type Plan = Vec<PlannedPart>;

/// A row of the form.
#[derive(Debug, Clone, Copy, Default)]
#[expect(missing_docs, reason = "named as the form's fields")]
pub struct PartTyped<'f> {
    pub id: &'f str,
    pub title: &'f str,
    pub amount: &'f str,
    pub due: &'f str,
}

/// What a person typed, before it is judged.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "named as the form's fields")]
pub struct TermsTyped<'f> {
    /// An hour's price; with a fixed price the milestones make it.
    pub amount: &'f str,
    pub days: &'f str,
    /// In hours.
    pub weekly_limit: &'f str,
    pub ends_on: &'f str,
    pub words: &'f str,
    pub parts: Vec<PartTyped<'f>>,
}

/// A version that is to be proposed: sound by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsContent {
    /// An hour's price, in minor units; none with a fixed price.
    pub hourly: Option<i64>,
    /// Working days.
    pub days: i32,
    /// Minutes a week.
    pub weekly_limit: Option<i32>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// What else is agreed on.
    pub words: TermsWords,
    /// What is planned, with a fixed price.
    pub plan: Plan,
}

impl TermsContent {
    /// Judges all fields at once. Fields of repeated rows are named with their place, as `milestone_amount.2`.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(typed: &TermsTyped<'_>, kind: ProjectKind) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let is_hourly = kind == ProjectKind::Hourly;
        let hourly = if is_hourly { wrong.take("amount", parse_amount(typed.amount)).map(Some) } else { Some(None) };
        let days = typed.days.trim().parse().ok().filter(|days| (1..=3650).contains(days));
        let days = wrong.take("days", days.ok_or("Enter the working days as a whole number from 1 to 3650"));
        let limit = if is_hourly { wrong.take("weekly_limit", parse_limit(typed.weekly_limit)) } else { Some(None) };
        let ends_on = wrong.take("ends_on", parse_day(typed.ends_on).map_err(|_| "Enter the last day as a date, like 2026-12-07"));
        let words = wrong.take("words", TermsWords::parse(typed.words));
        let plan = if is_hourly { Plan::new() } else { parse_plan(&typed.parts, &mut wrong) };
        let content = (|| Some(Self { hourly: hourly?, days: days?, weekly_limit: limit?, ends_on: ends_on?, words: words?, plan }))();
        wrong.or(content)
    }

    /// The plan as it is stored.
    pub fn plan_json(&self) -> serde_json::Value {
        serde_json::to_value(&self.plan).unwrap_or_else(|_| serde_json::json!([]))
    }
}

/// Hours a week as minutes: `40`, `37.5`; nothing for no limit.
fn parse_limit(typed: &str) -> Result<Option<i32>, &'static str> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    // Hundredths of an hour, which an amount is read as too.
    let minutes = parse_amount(typed).ok().map(|hundredths| hundredths * 60 / 100).filter(|minutes| (1..=MINUTES_A_WEEK).contains(minutes));
    minutes.and_then(|minutes| i32::try_from(minutes).ok()).map(Some).ok_or("Enter the hours a week as a number from 1 to 168, or nothing")
}

fn parse_plan(parts: &[PartTyped<'_>], wrong: &mut FieldErrors) -> Plan {
    let mut plan = Plan::new();
    for (place, part) in parts.iter().enumerate() {
        if part.title.trim().is_empty() && part.amount.trim().is_empty() {
            continue;
        }
        let title = wrong.take(&format!("milestone_title.{place}"), MilestoneTitle::parse(part.title));
        let amount = wrong.take(&format!("milestone_amount.{place}"), parse_amount(part.amount));
        let due = parse_day(part.due).map_err(|_| "Enter the day as a date, like 2026-12-07");
        let due = wrong.take(&format!("milestone_due.{place}"), due);
        if let (Some(title), Some(amount), Some(due_on)) = (title, amount, due) {
            plan.push(PlannedPart { id: part.id.parse().ok(), title: title.as_str().to_owned(), amount, due_on });
        }
    }
    if plan.len() > MOST_PARTS {
        wrong.add("milestone_title.0", "Plan at most 20 milestones");
    }
    plan
}
