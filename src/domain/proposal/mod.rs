//! Proposals: what freelancers offer, what they type, and what may become of it.

mod confirm;
mod content;
mod decide;
mod mark;
mod status;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

pub use confirm::{ConfirmRefused, Confirmation};
pub(in crate::domain) use content::parse_day;
pub use content::{ProposalContent, ProposalTyped};
pub use decide::{Decline, DeclineRefused, OfferRefused, SubmitRefused, Submitter, WithdrawRefused};
pub use mark::{MarkKind, MarkRefused};
pub use status::ProposalStatus;

use super::chain::words_hash;
use super::ids::{ProjectId, ProposalId, UserId};

/// A proposal, as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::proposals, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Proposal {
    pub id: ProposalId,
    pub project_id: ProjectId,
    pub freelancer_id: UserId,
    pub status: ProposalStatus,
    pub amount: i64,
    pub days: i32,
    pub start_on: Option<NaiveDate>,
    pub cover_letter: String,
    pub questions: Vec<String>,
    pub answers: Vec<String>,
    pub milestones: serde_json::Value,
    pub version: i32,
    pub scope_version: i32,
    pub declined_at: Option<DateTime<Utc>>,
    pub declined_by: Option<UserId>,
    pub decline_reason: Option<String>,
    pub decline_shared: bool,
    pub salt: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A part of the work with its own price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// What is delivered.
    pub title: String,
    /// Minor units of the project's currency.
    pub amount: i64,
}

impl Proposal {
    /// Its milestones, in order.
    pub fn milestones(&self) -> Vec<Milestone> {
        serde_json::from_value(self.milestones.clone()).unwrap_or_default()
    }

    /// The day on which the work would be done, where a start is named: working days are Monday to Friday, the first
    /// of them the start itself or the Monday after it.
    pub fn finish_on(&self) -> Option<NaiveDate> {
        let free = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let mut day = self.start_on?;
        while free(day) {
            day = day.succ_opt()?;
        }
        let left = u64::try_from(self.days).ok()?.saturating_sub(1);
        let mut day = day.checked_add_days(Days::new(left / 5 * 7))?;
        for _ in 0..left % 5 {
            day = day.succ_opt()?;
            while free(day) {
                day = day.succ_opt()?;
            }
        }
        Some(day)
    }

    /// Questions with their answers, in order.
    pub fn answered(&self) -> impl Iterator<Item = (&str, &str)> {
        self.questions.iter().map(String::as_str).zip(self.answers.iter().map(String::as_str))
    }

    /// Whether it is pending and says just this already, about the scope that the project has now.
    pub fn is_already(&self, content: &ProposalContent, scope_version: i32) -> bool {
        self.status == ProposalStatus::Pending
            && self.scope_version == scope_version
            && self.amount == content.amount
            && self.days == content.days
            && self.start_on == content.start_on
            && self.cover_letter == content.cover_letter.as_str()
            && self.questions == content.questions
            && self.answers == content.answers
            && self.milestones() == content.milestones
    }

    /// What the freelancer is shown: a decline can still be undone, so until the award they see Pending.
    pub fn status_for_author(&self, project_is_open: bool) -> ProposalStatus {
        if project_is_open && self.declined_at.is_some() { ProposalStatus::Pending } else { self.status }
    }

    /// The salted hash of a proposal's words, for its events.
    pub fn words_hash(salt: &[u8], content: &ProposalContent) -> String {
        let mut texts = vec![content.cover_letter.as_str()];
        texts.extend(content.answers.iter().map(String::as_str));
        words_hash(salt, &texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finish(start: Option<&str>, days: i32) -> Option<String> {
        let at = DateTime::UNIX_EPOCH;
        let start_on = start.map(|day| day.parse().unwrap());
        let proposal = Proposal {
            id: ProposalId(1),
            project_id: ProjectId(1),
            freelancer_id: UserId(1),
            status: ProposalStatus::Pending,
            amount: 1,
            days,
            start_on,
            cover_letter: String::new(),
            questions: vec![],
            answers: vec![],
            milestones: serde_json::json!([]),
            version: 1,
            scope_version: 1,
            declined_at: None,
            declined_by: None,
            decline_reason: None,
            decline_shared: false,
            salt: vec![],
            created_at: at,
            updated_at: at,
        };
        proposal.finish_on().map(|day| day.to_string())
    }

    #[test]
    fn the_work_is_done_after_its_working_days() {
        // 7 December 2026 is a Monday
        for (start, days, done) in [
            ("2026-12-07", 1, "2026-12-07"),
            ("2026-12-07", 5, "2026-12-11"),
            ("2026-12-07", 6, "2026-12-14"),
            ("2026-12-10", 3, "2026-12-14"),
            ("2026-12-05", 1, "2026-12-07"),
            ("2026-12-07", 20, "2027-01-01"),
        ] {
            assert_eq!(finish(Some(start), days).as_deref(), Some(done), "{start} and {days} days");
        }
        assert_eq!(finish(None, 5), None);
    }
}
