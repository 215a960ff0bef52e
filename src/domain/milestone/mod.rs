//! Milestones: the parts of a contract with a fixed price, each delivered, approved and paid by itself.

mod decide;
mod status;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

pub use decide::Judged;
pub use status::{MilestoneStatus, SubmissionAnswer};

use super::ids::{ContractId, MilestoneId, SubmissionId, UserId};

/// A milestone, as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::milestones, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Milestone {
    pub id: MilestoneId,
    pub contract_id: ContractId,
    pub place: i32,
    pub title: String,
    pub amount: i64,
    pub due_on: Option<NaiveDate>,
    pub status: MilestoneStatus,
    pub submission_count: i32,
    pub version: i32,
    pub moved_at: DateTime<Utc>,
}

/// What was delivered for a milestone, and what was answered to it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::submissions, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Submission {
    pub id: SubmissionId,
    pub milestone_id: MilestoneId,
    pub number: i32,
    pub words: String,
    pub sent_at: DateTime<Utc>,
    pub answer: Option<SubmissionAnswer>,
    pub answered_by: Option<UserId>,
    pub answered_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
}
