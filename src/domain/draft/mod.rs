//! What somebody has typed into a long form and not sent.

mod fields;
mod form;

use super::ids::{DraftId, ProjectId};
use super::membership::Role;
use super::message::{Side, may_write};
use super::project::ProjectStatus;
use super::proposal::ProposalStatus;
use super::refusal::{Refusal, RefusalKind};
use super::request::RequestKey;
use super::text_enum::text_enum;

pub use fields::DraftFields;
pub use form::{Form, FormKind};

/// How many drafts one person keeps; the schema's trigger repeats it.
pub const MOST_KEPT: usize = 50;
/// A draft that nobody touches for so many days is deleted.
pub const DAYS_KEPT: i64 = 90;
/// For so many days a discarded one can be brought back, and a sent one is known as sent.
pub const DAYS_AFTER: i64 = 1;

/// The year 2100, in milliseconds.
const LAST: i64 = 4_102_444_800_000;

text_enum! {
    /// What became of a draft.
    DraftState {
        /// It waits to be sent.
        Kept = "KEPT",
        /// Put away by its author, who can bring it back for a day.
        Discarded = "DISCARDED",
        /// Sent: the words stand where they were sent to.
        Sent = "SENT",
    }
}

/// Which page a draft comes from, and when it was typed there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The page; none where it has no name.
    pub page: Option<RequestKey>,
    /// When, by the page's own clock, in milliseconds; none where that is now.
    pub typed: Option<i64>,
}

impl Stamp {
    /// Typed just now.
    pub const NOW: Self = Self { page: None, typed: None };

    /// As a page says it: its name, and the milliseconds since 1970; what makes no sense is as good as not said.
    pub fn parse(page: &str, typed: &str) -> Self {
        let typed = typed.parse().ok().filter(|typed| (0..LAST).contains(typed));
        Self { page: RequestKey::parse(page), typed }
    }
}

/// What came of saving a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It stands.
    Kept(DraftId),
    /// Something that was typed later stands already, or the page has sent its form.
    Outdated,
}

/// Why a draft is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftRefused {
    /// No such form for this person, or no such draft.
    Missing,
    /// They keep as many as one may.
    TooMany,
    /// Longer than any form takes.
    TooLong,
}

impl Refusal for DraftRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::TooMany | Self::TooLong => RefusalKind::Invalid,
        }
    }
}

/// What a draft is for, as its author may know it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The project.
    pub project: ProjectId,
    /// Its title.
    pub title: String,
    /// Its state.
    pub status: ProjectStatus,
    /// Whether its deadline lies ahead.
    pub takes_proposals: bool,
    /// The state of the proposal that a message is about.
    pub proposal: Option<ProposalStatus>,
    /// What the author is in the client's organisation.
    pub role: Option<Role>,
}

/// Whether a draft can still be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Open,
    /// The project takes no more proposals, changes or messages.
    Closed,
    /// What it was for is not there, or not to be seen any more.
    Gone,
}

/// Whether a form with this subject would still be shown. The operations judge again.
pub fn standing(form: Form, subject: Option<&Subject>) -> Standing {
    let open = match (form, subject) {
        (Form::NewProject(_), _) => true,
        (_, None) => return Standing::Gone,
        (Form::EditProject(_), Some(subject)) => matches!(subject.status, ProjectStatus::Draft | ProjectStatus::Open),
        (Form::Proposal(_), Some(subject)) => subject.takes_proposals,
        (Form::Messages(about), Some(subject)) => {
            let side = subject.role.map_or(Side::Freelancer, Side::Client);
            // whether the client has begun is not asked: a draft of an answer stands below what is answered
            may_write(side, about, true, subject.status, subject.proposal.unwrap_or(ProposalStatus::Pending)).is_ok()
        }
    };
    if open { Standing::Open } else { Standing::Closed }
}

#[cfg(test)]
mod tests {
    use super::super::ids::ProposalId;
    use super::super::message::About;
    use super::*;

    #[test]
    fn a_draft_says_whether_it_can_still_be_sent() {
        let subject = |status, takes_proposals| Subject {
            project: ProjectId(1),
            title: "Stock system".to_owned(),
            status,
            takes_proposals,
            proposal: Some(ProposalStatus::Pending),
            role: None,
        };
        let (open, late, decided) =
            (subject(ProjectStatus::Open, true), subject(ProjectStatus::Open, false), subject(ProjectStatus::Assigned, false));
        let (proposal, message) = (Form::Proposal(ProjectId(1)), Form::Messages(About::Proposal(ProposalId(1))));
        assert_eq!(standing(proposal, Some(&open)), Standing::Open);
        assert_eq!(standing(proposal, Some(&late)), Standing::Closed);
        assert_eq!(standing(message, Some(&late)), Standing::Open);
        assert_eq!(standing(message, Some(&decided)), Standing::Closed);
        assert_eq!(standing(message, None), Standing::Gone);
        assert_eq!(standing(Form::NewProject(None), None), Standing::Open);
    }
}
