//! Questions and answers as one person reads them.

use jiff::tz::TimeZone;

use crate::db::enquiries::{Asked, Given};
use crate::db::projects::View;
use crate::domain::ids::{EnquiryId, ProjectId};
use crate::domain::person::Person;
use crate::domain::project::ProjectStatus;
use crate::web::shown::{self, Moment};

/// What a page shows of a project's questions.
#[derive(Debug, Clone)]
pub struct Enquiries {
    /// Of which project.
    pub project: ProjectId,
    /// Newest first.
    pub lines: Vec<Line>,
    /// The last one's id where there are more behind it.
    pub next: Option<EnquiryId>,
    /// Whether the reader may ask.
    pub may_ask: MayAsk,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: EnquiryId,
    /// What it says.
    pub words: String,
    /// When it was asked.
    pub at: Moment,
    /// Whether the reader asked it.
    pub mine: bool,
    /// The answer that holds.
    pub answer: Option<Said>,
    /// What was corrected since, newest first.
    pub before: Vec<Said>,
    /// What a member who speaks for the client may do: "Answer", "Correct the answer"; nothing for others.
    pub act: &'static str,
}

/// An answer in words.
#[derive(Debug, Clone)]
pub struct Said {
    /// What it says.
    pub words: String,
    /// When it was given.
    pub at: Moment,
    /// Who gave it: a name for members, the client's for everybody else.
    pub by: String,
    /// Whether it came when no proposal could follow it any more.
    pub late: bool,
}

/// Whether a person may ask about a project; if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayAsk {
    /// Freelancers, until proposals close.
    Yes,
    /// Nobody is signed in.
    SignIn,
    /// Without a freelancer's profile.
    NoProfile,
    /// A member of the client: they answer, or wait for questions.
    Member,
    /// The project takes no proposals.
    Closed,
}

impl MayAsk {
    /// For whoever looks at the project. The operation judges again, under its lock.
    pub fn of(view: &View, person: Option<&Person>) -> Self {
        match person {
            _ if view.role.is_some() => Self::Member,
            _ if !view.takes_proposals || view.project.is_held() => Self::Closed,
            None => Self::SignIn,
            Some(person) if person.is_freelancer => Self::Yes,
            Some(_) => Self::NoProfile,
        }
    }
}

impl Enquiries {
    /// What was read, for one person.
    pub fn of(view: &View, (asked, more): (Vec<Asked>, bool), may_ask: MayAsk, zone: &TimeZone) -> Self {
        let next = asked.last().map(|last| last.id).filter(|_| more);
        let lines = asked.into_iter().map(|asked| Line::of(view, asked, zone)).collect();
        Self { project: view.project.id, lines, next, may_ask }
    }

    /// Whether there is anything to show, or to be done.
    pub fn has_place(&self) -> bool {
        !self.lines.is_empty() || !matches!(self.may_ask, MayAsk::Closed | MayAsk::Member)
    }
}

impl Line {
    /// A question for one person.
    pub fn of(view: &View, asked: Asked, zone: &TimeZone) -> Self {
        let answered = !asked.answers.is_empty();
        let act = match (view.manages() && view.project.status == ProjectStatus::Open, answered) {
            (false, _) => "",
            (true, false) => "Answer",
            (true, true) => "Correct the answer",
        };
        let mut said = asked.answers.into_iter().rev().map(|given| Said::of(view, given, zone));
        let answer = said.next();
        Self { id: asked.id, words: asked.words, at: shown::time(zone, asked.at), mine: asked.mine, answer, before: said.collect(), act }
    }
}

impl Said {
    fn of(view: &View, given: Given, zone: &TimeZone) -> Self {
        let by = if view.role.is_some() { given.by } else { view.organisation.clone() };
        Self { words: given.words, at: shown::time(zone, given.at), by, late: given.at >= view.project.deadline }
    }
}
