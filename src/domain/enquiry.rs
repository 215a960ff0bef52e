//! Questions about a project before anybody bids, and the client's answers, once for all. Judged under the project's
//! lock. (The questions that every proposal answers are the project's own words.)

use chrono::{DateTime, Utc};

use super::membership::Member;
use super::project::{Project, ProjectStatus};
use super::proposal::{OfferRefused, Submitter};
use super::refusal::{Refusal, RefusalKind};

/// How many questions one freelancer may ask about one project.
pub const MOST_OF_ONE: i64 = 10;

/// Why a question is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskRefused {
    /// They could not send a proposal either: only who can has something to ask, and an answer after the deadline could
    /// change none.
    NotNow(OfferRefused),
    /// They asked as many as one may.
    TooMany,
}

impl From<OfferRefused> for AskRefused {
    fn from(why: OfferRefused) -> Self {
        Self::NotNow(why)
    }
}

impl Refusal for AskRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotNow(why) => why.kind(),
            Self::TooMany => RefusalKind::Invalid,
        }
    }
}

/// Why an answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerRefused {
    /// No such question, or none to be known of.
    Missing,
    /// A member, but not one who speaks for the organisation.
    NotAllowed,
    /// The project has been decided or cancelled.
    ProjectIs(ProjectStatus),
    /// Somebody answered, or corrected the answer, after this person read it.
    Answered {
        /// How many answers the form showed.
        seen: i32,
        /// How many there are now.
        now: i32,
    },
}

impl Refusal for AnswerRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::ProjectIs(_) => RefusalKind::TooLate,
            Self::Answered { .. } => RefusalKind::Stale,
        }
    }
}

impl Project {
    /// Judges a question of somebody who has asked so many already: as a proposal is judged, because only who may send
    /// one has something to ask.
    ///
    /// # Errors
    /// Why it is not taken: the first that applies.
    pub fn may_ask(&self, by: Submitter, has_offered: bool, asked: i64, at: DateTime<Utc>) -> Result<(), AskRefused> {
        self.may_offer(by, has_offered, at)?;
        if asked >= MOST_OF_ONE { Err(AskRefused::TooMany) } else { Ok(()) }
    }

    /// Judges an answer, or a correction of it, typed by somebody who saw `seen` answers where there are `now`. It may
    /// come after the deadline, which can still be moved, but not after the decision.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_answer(&self, by: Option<&Member>, seen: i32, now: i32) -> Result<(), AnswerRefused> {
        let by = by.filter(|by| by.organisation == self.organisation_id).ok_or(AnswerRefused::Missing)?;
        if !by.role.manages_projects() {
            return Err(AnswerRefused::NotAllowed);
        }
        if self.status != ProjectStatus::Open {
            return Err(AnswerRefused::ProjectIs(self.status));
        }
        if seen == now { Ok(()) } else { Err(AnswerRefused::Answered { seen, now }) }
    }
}
