//! What a project asked for at one version of its scope.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::ProjectKind;
use crate::domain::chain::words_hash;
use crate::domain::ids::ProjectId;
use crate::domain::money::Money;

/// The words and numbers of one version, as they were kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::project_revisions, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Revision {
    pub project_id: ProjectId,
    pub scope_version: i32,
    pub at: DateTime<Utc>,
    pub title: String,
    pub description: String,
    pub skills: Vec<String>,
    pub kind: ProjectKind,
    pub budget_min: i64,
    pub budget_max: i64,
    pub currency: String,
    pub deadline: DateTime<Utc>,
    pub questions: Vec<String>,
}

/// A part of what a project asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is to be paid.
    Budget,
    /// By the hour or for all of it.
    Kind,
    /// Until when proposals are taken.
    Deadline,
    /// What one must be able to do.
    Skills,
    /// What every proposal answers.
    Questions,
    /// The words.
    Description,
}

impl Part {
    /// The part in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Budget => "Budget",
            Self::Kind => "Paid",
            Self::Deadline => "Proposals close",
            Self::Skills => "Skills",
            Self::Questions => "Questions",
            Self::Description => "Description",
        }
    }
}

impl Revision {
    /// The budget's lower end.
    pub fn from(&self) -> Money<'_> {
        Money { minor: self.budget_min, currency: &self.currency }
    }

    /// The budget's upper end.
    pub fn to(&self) -> Money<'_> {
        Money { minor: self.budget_max, currency: &self.currency }
    }

    /// Which parts a later version asks for otherwise.
    pub fn changed_in(&self, later: &Self) -> Vec<Part> {
        let money = |one: &Self| (one.budget_min, one.budget_max, one.currency.clone());
        [
            (Part::Budget, money(self) != money(later)),
            (Part::Kind, self.kind != later.kind),
            (Part::Deadline, self.deadline != later.deadline),
            (Part::Skills, self.skills != later.skills),
            (Part::Questions, self.questions != later.questions),
            (Part::Description, self.description != later.description),
        ]
        .into_iter()
        .filter_map(|(part, changed)| changed.then_some(part))
        .collect()
    }

    /// The salted hash of its words, as the event that made it recorded it: what is kept can be checked by it.
    pub fn words_hash(&self, salt: &[u8]) -> String {
        let mut texts = vec![self.title.as_str(), self.description.as_str()];
        texts.extend(self.questions.iter().map(String::as_str));
        words_hash(salt, &texts)
    }
}
