//! What somebody typed to propose other terms, as the form holds it.

use crate::domain::contract::{Contract, PartTyped, TermsTyped};
use crate::domain::milestone::{Milestone, MilestoneStatus};
use crate::domain::money::plain;
use crate::web::form::Fields;

/// A milestone's row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub id: String,
    pub title: String,
    pub amount: String,
    pub due: String,
}

impl Row {
    fn part(&self) -> PartTyped<'_> {
        PartTyped { id: &self.id, title: &self.title, amount: &self.amount, due: &self.due }
    }
}

/// All fields.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub amount: String,
    pub days: String,
    pub weekly_limit: String,
    pub ends_on: String,
    pub words: String,
    pub rows: Vec<Row>,
}

impl Typed {
    /// The terms in force, to be changed.
    pub fn of(contract: &Contract, milestones: &[Milestone]) -> Self {
        let planned = milestones.iter().filter(|milestone| milestone.status == MilestoneStatus::Planned);
        let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        Self {
            amount: plain(contract.amount),
            days: contract.days.to_string(),
            weekly_limit: contract.weekly_limit.map_or_else(String::new, |minutes| plain(i64::from(minutes) * 100 / 60)),
            ends_on: day(contract.ends_on),
            words: contract.terms_words.clone(),
            rows: planned
                .map(|one| Row { id: one.id.to_string(), title: one.title.clone(), amount: plain(one.amount), due: day(one.due_on) })
                .collect(),
        }
    }

    /// What was sent.
    pub fn sent(sent: &Fields) -> Self {
        let all = |name: &str| sent.all(name).into_iter().map(str::to_owned).collect::<Vec<_>>();
        let (ids, titles, amounts, dues) = (all("milestone_id"), all("milestone_title"), all("milestone_amount"), all("milestone_due"));
        let at = |values: &[String], place: usize| values.get(place).cloned().unwrap_or_default();
        let rows = (0..titles.len().max(amounts.len())).map(|place| Row {
            id: at(&ids, place),
            title: at(&titles, place),
            amount: at(&amounts, place),
            due: at(&dues, place),
        });
        let get = |name: &str| sent.get(name).to_owned();
        Self {
            amount: get("amount"),
            days: get("days"),
            weekly_limit: get("weekly_limit"),
            ends_on: get("ends_on"),
            words: get("words"),
            rows: rows.collect(),
        }
    }

    /// As the domain judges it.
    pub fn typed(&self) -> TermsTyped<'_> {
        TermsTyped {
            amount: &self.amount,
            days: &self.days,
            weekly_limit: &self.weekly_limit,
            ends_on: &self.ends_on,
            words: &self.words,
            parts: self.rows.iter().map(Row::part).collect(),
        }
    }
}
