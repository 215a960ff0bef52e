//! A proposal as machines write and read it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::money::plain;
use crate::domain::project::{Project, ProjectStatus};
use crate::domain::proposal::{Proposal, ProposalContent, ProposalTyped};

/// A part of the work with its own price.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Milestone {
    /// What is delivered.
    #[schema(required)]
    pub title: String,
    /// In units of the currency: `"3200.00"`.
    #[schema(required)]
    pub amount: String,
}

impl Milestone {
    /// As a row keeps them.
    pub fn of(kept: serde_json::Value) -> Vec<Self> {
        let kept: Vec<crate::domain::proposal::Milestone> = serde_json::from_value(kept).unwrap_or_default();
        kept.into_iter().map(|one| Self { title: one.title, amount: plain(one.amount) }).collect()
    }
}

/// The words of a proposal. Amounts are decimal text in the project's currency.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ProposalWords, example = json!({
    "amount": "6400.00", "days": 20, "start": "2199-12-07", "cover_letter": "I have built **two** of these.", "answers": [],
    "milestones": [{ "title": "Half", "amount": "3200.00" }, { "title": "The rest", "amount": "3200.00" }]
}))]
pub struct ProposalSaid {
    /// `"6400.00"`.
    #[schema(required)]
    pub amount: String,
    /// Working days; 10 where it is not said.
    pub days: Option<i32>,
    /// The first day, as `2026-12-07`.
    pub start: Option<String>,
    /// Markdown.
    #[schema(required)]
    pub cover_letter: String,
    /// One for each of the project's questions, in order.
    pub answers: Vec<String>,
    /// Parts that add up to the amount.
    pub milestones: Vec<Milestone>,
    /// The version of the own proposal that was read; 0: that there was none. `If-Match` says the same.
    pub version: Option<i32>,
    /// The project's `scope_version` that was read.
    pub scope_version: Option<i32>,
}

impl ProposalSaid {
    /// The words, judged as the page's form is.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(&self, questions: &[String]) -> Result<ProposalContent, FieldErrors> {
        let days = self.days.map_or_else(String::new, |days| days.to_string());
        let typed = ProposalTyped {
            amount: &self.amount,
            days: &days,
            start: self.start.as_deref().unwrap_or_default(),
            cover_letter: &self.cover_letter,
            answers: self.answers.iter().map(String::as_str).collect(),
            milestones: self.milestones.iter().map(|one| (one.title.as_str(), one.amount.as_str())).collect(),
        };
        ProposalContent::parse(&typed, questions)
    }
}

/// A question with its answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Answered {
    /// What was asked.
    pub question: String,
    /// What was answered; empty: nothing.
    pub answer: String,
}

/// A proposal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Proposal)]
pub struct ProposalDocument {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: ProposalId,
    /// As people call it: `PRP-2291`.
    pub reference: String,
    /// The project.
    #[schema(value_type = i64)]
    pub project: ProjectId,
    /// Its author.
    #[schema(value_type = i64)]
    pub freelancer: UserId,
    /// Their name.
    pub freelancer_name: String,
    /// `PENDING`, `ACCEPTED`, `REJECTED`, `WITHDRAWN` or `REVOKED`.
    pub status: String,
    /// `"6400.00"`.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
    /// Working days.
    pub days: i32,
    /// The first day, where one was named.
    pub start: Option<NaiveDate>,
    /// Markdown.
    pub cover_letter: String,
    /// Questions with their answers.
    pub answers: Vec<Answered>,
    /// Parts with their own prices.
    pub milestones: Vec<Milestone>,
    /// Of its words; accepting names it.
    pub version: i32,
    /// Of the project, that it answers.
    pub scope_version: i32,
    /// Whether the project has changed since.
    pub is_older: bool,
    /// Why it was declined; for members.
    pub decline_reason: Option<String>,
    /// When it was first sent.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl ProposalDocument {
    /// A proposal as its author or a member may see it.
    pub fn of(proposal: Proposal, freelancer_name: String, project: &Project, is_author: bool) -> Self {
        let is_open = project.status == ProjectStatus::Open;
        let status = if is_author { proposal.status_for_author(is_open) } else { proposal.status };
        // a decline that can still be undone moves the row; its author is not to see that
        let updated_at = if is_author && is_open && proposal.declined_at.is_some() { proposal.created_at } else { proposal.updated_at };
        let answered = |(question, answer): (&str, &str)| Answered { question: question.to_owned(), answer: answer.to_owned() };
        Self {
            id: proposal.id,
            reference: proposal.id.reference(),
            project: proposal.project_id,
            freelancer: proposal.freelancer_id,
            freelancer_name,
            status: status.to_string(),
            amount: plain(proposal.amount),
            currency: project.currency.clone(),
            days: proposal.days,
            start: proposal.start_on,
            answers: proposal.answered().map(answered).collect(),
            version: proposal.version,
            scope_version: proposal.scope_version,
            is_older: proposal.scope_version != project.scope_version,
            decline_reason: proposal.decline_reason.filter(|_| !is_author),
            created_at: proposal.created_at,
            updated_at,
            milestones: Milestone::of(proposal.milestones),
            cover_letter: proposal.cover_letter,
        }
    }
}
