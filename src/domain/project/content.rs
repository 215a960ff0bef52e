//! The words of a project, as its form edits them.

use chrono::{DateTime, Utc};

use super::{Project, ProjectKind};
use crate::domain::field_errors::FieldErrors;
use crate::domain::money::{Currency, parse_amount};
use crate::domain::words::{Description, Title, parse_questions, parse_skills};

/// What a person typed, before it is judged. `deadline` has been read in the person's time zone by whoever knows it.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "named as the form's fields")]
pub struct ProjectTyped<'f> {
    pub title: &'f str,
    pub description: &'f str,
    pub skills: &'f str,
    pub kind: &'f str,
    pub budget_min: &'f str,
    pub budget_max: &'f str,
    pub currency: &'f str,
    pub deadline: Option<DateTime<Utc>>,
    pub sealed: bool,
    pub questions: &'f str,
}

/// The words of a project: sound by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as the project's columns")]
pub struct ProjectContent {
    pub title: Title,
    pub description: Description,
    pub skills: Vec<String>,
    pub kind: ProjectKind,
    pub budget_min: i64,
    pub budget_max: i64,
    pub currency: Currency,
    pub deadline: DateTime<Utc>,
    pub sealed: bool,
    pub questions: Vec<String>,
}

impl ProjectContent {
    /// Judges all fields at once. Whether the deadline lies ahead is judged when it matters: by the database's clock.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(typed: &ProjectTyped<'_>) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let title = wrong.take("title", Title::parse(typed.title));
        let description = wrong.take("description", Description::parse(typed.description));
        let skills = wrong.take("skills", parse_skills(typed.skills));
        let kind = wrong.take("kind", ProjectKind::parse(typed.kind).ok_or("Choose how the work is paid"));
        let budget_min = wrong.take("budget_min", parse_amount(typed.budget_min));
        let budget_max = wrong.take("budget_max", parse_amount(typed.budget_max));
        if let (Some(from), Some(to)) = (budget_min, budget_max)
            && from > to
        {
            wrong.add("budget_max", "Enter a highest budget that is not below the lowest");
        }
        let currency = wrong.take("currency", Currency::parse(typed.currency).ok_or("Choose a currency"));
        let deadline = wrong.take("deadline", typed.deadline.ok_or("Enter the day and time when proposals close"));
        let questions = wrong.take("questions", parse_questions(typed.questions));
        let content = (|| {
            Some(Self {
                title: title?,
                description: description?,
                skills: skills?,
                kind: kind?,
                budget_min: budget_min?,
                budget_max: budget_max?,
                currency: currency?,
                deadline: deadline?,
                sealed: typed.sealed,
                questions: questions?,
            })
        })();
        wrong.or(content)
    }

    /// Whether what a proposal answers would change: all but the title.
    pub fn changes_scope(&self, project: &Project) -> bool {
        self.description.as_str() != project.description
            || self.skills != project.skills
            || self.kind != project.kind
            || (self.budget_min, self.budget_max) != (project.budget_min, project.budget_max)
            || self.currency.code() != project.currency
            || self.deadline != project.deadline
            || self.questions != project.questions
    }

    /// Whether anything would change at all.
    pub fn changes(&self, project: &Project) -> bool {
        self.title.as_str() != project.title || self.sealed != project.sealed || self.changes_scope(project)
    }
}
