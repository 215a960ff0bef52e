//! A project as machines write and read it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::projects::{Listed, View};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{OrganisationId, ProjectId, ProposalId};
use crate::domain::money::plain;
use crate::domain::project::{ProjectContent, ProjectTyped};

/// The words of a project. Amounts are decimal text in its currency.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ProjectWords, example = json!({
    "title": "Stock system for three warehouses", "description": "Scanners, shelves and a **till**.", "skills": ["Rust", "PostgreSQL"],
    "kind": "FIXED", "budget_min": "5000.00", "budget_max": "9000.00", "currency": "EUR", "deadline": "2199-12-01T17:00:00Z",
    "sealed": false, "questions": ["When can you start?"]
}))]
pub struct ProjectSaid {
    /// At most 200 characters.
    #[schema(required)]
    pub title: String,
    /// Markdown.
    #[schema(required)]
    pub description: String,
    /// At most 15.
    pub skills: Vec<String>,
    /// `FIXED` (one price) or `HOURLY`.
    #[schema(required, pattern = "^(FIXED|HOURLY)$")]
    pub kind: String,
    /// `"5000.00"`.
    #[schema(required)]
    pub budget_min: String,
    /// `"9000.00"`.
    #[schema(required)]
    pub budget_max: String,
    /// ISO 4217.
    #[schema(required)]
    pub currency: String,
    /// When proposals close, RFC 3339.
    #[schema(required, format = DateTime)]
    pub deadline: String,
    /// Whether nobody reads bids before they are opened.
    pub sealed: bool,
    /// What every proposal answers; at most 10.
    pub questions: Vec<String>,
}

impl ProjectSaid {
    /// The words, judged as the page's form is.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(&self) -> Result<ProjectContent, FieldErrors> {
        let typed = ProjectTyped {
            title: &self.title,
            description: &self.description,
            skills: &self.skills.join("\n"),
            kind: &self.kind,
            budget_min: &self.budget_min,
            budget_max: &self.budget_max,
            currency: &self.currency,
            deadline: DateTime::parse_from_rfc3339(self.deadline.trim()).ok().map(|moment| moment.to_utc()),
            sealed: self.sealed,
            questions: &self.questions.iter().map(|question| question.replace('\n', " ")).collect::<Vec<_>>().join("\n"),
        };
        ProjectContent::parse(&typed)
    }
}

/// A project.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Project)]
pub struct ProjectDocument {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: ProjectId,
    /// As people call it: `PRJ-0412`.
    pub reference: String,
    /// The client.
    #[schema(value_type = i64)]
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// `DRAFT`, `OPEN`, `ASSIGNED`, `COMPLETED` or `CANCELLED`.
    pub status: String,
    /// Its title.
    pub title: String,
    /// Markdown.
    pub description: String,
    /// In the client's order.
    pub skills: Vec<String>,
    /// `FIXED` or `HOURLY`.
    pub kind: String,
    /// `"5000.00"`.
    pub budget_min: String,
    /// `"9000.00"`.
    pub budget_max: String,
    /// ISO 4217.
    pub currency: String,
    /// When proposals close.
    pub deadline: DateTime<Utc>,
    /// `PUBLIC` or `INVITED`.
    pub visibility: String,
    /// Whether nobody reads bids before they are opened.
    pub sealed: bool,
    /// When they were.
    pub bids_opened_at: Option<DateTime<Utc>>,
    /// What every proposal answers.
    pub questions: Vec<String>,
    /// Of its words; `If-Match` names it.
    pub version: i32,
    /// Of what proposals answer.
    pub scope_version: i32,
    /// Proposals that were not withdrawn.
    pub proposal_count: i32,
    /// Whether it takes proposals at this moment.
    pub takes_proposals: bool,
    /// The caller's own proposal.
    #[schema(value_type = Option<i64>)]
    pub own_proposal: Option<ProposalId>,
    /// The winner, for those concerned.
    #[schema(value_type = Option<i64>)]
    pub accepted_proposal: Option<ProposalId>,
    /// Why it was cancelled, for those concerned.
    pub cancel_reason: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// The system that it comes from, for members.
    pub source: Option<String>,
    /// What it is called there.
    pub external_ref: Option<String>,
}

impl ProjectDocument {
    /// A project as this reader may see it; `reference` is what it is called where it comes from.
    pub fn of(view: View, reference: Option<(String, String)>) -> Self {
        let (concerned, own) = (view.concerned(), view.own.map(|own| own.id));
        let (source, external_ref) = reference.filter(|_| view.role.is_some()).unzip();
        let project = view.project;
        Self {
            id: project.id,
            reference: project.id.reference(),
            organisation: project.organisation_id,
            organisation_name: view.organisation,
            status: project.status.to_string(),
            kind: project.kind.to_string(),
            budget_min: plain(project.budget_min),
            budget_max: plain(project.budget_max),
            deadline: project.deadline,
            visibility: project.visibility.to_string(),
            sealed: project.sealed,
            bids_opened_at: project.bids_opened_at,
            version: project.version,
            scope_version: project.scope_version,
            proposal_count: project.proposal_count,
            takes_proposals: view.takes_proposals && !project.is_held(),
            own_proposal: own,
            accepted_proposal: project.accepted_proposal_id.filter(|_| concerned),
            cancel_reason: project.cancel_reason.filter(|_| concerned),
            published_at: project.published_at,
            created_at: project.created_at,
            title: project.title,
            description: project.description,
            skills: project.skills,
            currency: project.currency,
            questions: project.questions,
            source,
            external_ref,
        }
    }
}

/// A project's line in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProjectLine)]
pub struct ProjectLine {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: ProjectId,
    /// As people call it.
    pub reference: String,
    /// The client's name.
    pub organisation_name: String,
    /// Its state.
    pub status: String,
    /// Its title.
    pub title: String,
    /// The beginning of its description.
    pub excerpt: String,
    /// In the client's order.
    pub skills: Vec<String>,
    /// `FIXED` or `HOURLY`.
    pub kind: String,
    /// `"5000.00"`.
    pub budget_min: String,
    /// `"9000.00"`.
    pub budget_max: String,
    /// ISO 4217.
    pub currency: String,
    /// When proposals close.
    pub deadline: DateTime<Utc>,
    /// Whether nobody reads bids before they are opened.
    pub sealed: bool,
    /// Proposals that were not withdrawn.
    pub proposal_count: i32,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
}

impl From<Listed> for ProjectLine {
    fn from(row: Listed) -> Self {
        Self {
            id: row.id,
            reference: row.id.reference(),
            organisation_name: row.organisation,
            status: row.status.to_string(),
            title: row.title,
            excerpt: row.excerpt,
            skills: row.skills,
            kind: row.kind.to_string(),
            budget_min: plain(row.budget_min),
            budget_max: plain(row.budget_max),
            currency: row.currency,
            deadline: row.deadline,
            sealed: row.sealed,
            proposal_count: row.proposal_count,
            published_at: row.published_at,
        }
    }
}
