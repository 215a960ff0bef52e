//! Whoever comes too late learns what happened: who was first, when, and what to do now.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, Utc};

use super::standing::Standing;
use crate::db::projects::Decision;
use crate::domain::project::{AwardRefused, Project, ProjectStatus};
use crate::domain::proposal::{DeclineRefused, ProposalStatus};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::web::error::{PageError, status_of};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What was to be done with the proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It was to win.
    Accept,
    /// It was to be turned down.
    Decline,
    /// The turning down was to be undone.
    Undecline,
}

/// What the form showed of the proposal, for the table of what changed.
#[derive(Debug, Clone, Default)]
pub struct Before {
    /// In minor units.
    pub amount: Option<i64>,
    /// Working days.
    pub days: Option<i32>,
}

/// Why it was not done.
enum Case {
    /// The project was decided.
    Decided(Box<Decision>),
    /// The project is in a state in which nothing is decided.
    ProjectIs,
    /// The freelancer withdrew it.
    Withdrawn,
    /// A member declined it.
    Declined,
    /// It is in another state.
    ProposalIs,
    /// The freelancer changed it: what, before and now.
    Changed(Vec<(&'static str, String, String)>),
    /// The project was edited.
    ProjectChanged,
    /// The freelancer joined the client.
    Joined,
    /// The house keeps the freelancer out.
    Suspended,
    /// The house holds the project.
    Held,
}

#[derive(Template)]
#[template(path = "proposals/conflict.html")]
struct Page {
    shell: Shell,
    standing: Standing,
    act: Act,
    case: Case,
    /// Whether something had been sent; otherwise the page that asks was only to be opened.
    sent: bool,
    edited_at: Option<DateTime<Utc>>,
}

/// What the page is made of besides the refusal.
pub struct Scene {
    /// The proposal and its project.
    pub standing: Standing,
    /// What was to be done.
    pub act: Act,
    /// What the form showed.
    pub before: Before,
    /// Whether something had been sent.
    pub sent: bool,
    /// When the project's words were last changed.
    pub edited_at: Option<DateTime<Utc>>,
}

impl Scene {
    /// For something that was sent.
    pub fn of(standing: Standing, act: Act, before: Before) -> Self {
        Self { standing, act, before, sent: true, edited_at: None }
    }
}

/// The page for an accept that was refused.
pub fn not_accepted(shell: Shell, scene: Option<Scene>, why: AwardRefused) -> Answer {
    let case = match why {
        AwardRefused::Missing => return Err(PageError::NotFound),
        AwardRefused::NotAllowed => return Err(not_allowed("accept")),
        AwardRefused::Sealed => return Err(sealed()),
        AwardRefused::ProjectIs(_) => Cause::Project,
        AwardRefused::ProposalIs(status) => Cause::Proposal(status),
        AwardRefused::Changed { seen, now } => Cause::Changed { seen, now },
        AwardRefused::ScopeChanged { .. } | AwardRefused::Unconfirmed { .. } => Cause::ProjectChanged,
        AwardRefused::OwnOrganisation => Cause::Joined,
        AwardRefused::Suspended => Cause::Suspended,
        AwardRefused::Held => Cause::Held,
    };
    page(shell, scene, case, why.kind())
}

/// The page for a decline, or its undoing, that was refused.
pub fn not_declined(shell: Shell, scene: Option<Scene>, why: DeclineRefused) -> Answer {
    let case = match why {
        DeclineRefused::Missing => return Err(PageError::NotFound),
        DeclineRefused::NotAllowed => return Err(not_allowed("decline")),
        DeclineRefused::Sealed => return Err(sealed()),
        DeclineRefused::ProjectIs(_) => Cause::Project,
        DeclineRefused::ProposalIs(status) => Cause::Proposal(status),
        DeclineRefused::Changed { seen, now } => Cause::Changed { seen, now },
    };
    page(shell, scene, case, why.kind())
}

/// What both have in common.
#[derive(Clone, Copy)]
enum Cause {
    Project,
    Proposal(ProposalStatus),
    Changed { seen: i32, now: i32 },
    ProjectChanged,
    Joined,
    Suspended,
    Held,
}

fn not_allowed(act: &str) -> PageError {
    PageError::NotAllowed(format!("Owners and managers {act} proposals; you can read them. Nothing was changed."))
}

/// Sealed bids are not there to be shown; nothing else keeps a proposal from whoever may decide on it.
fn sealed() -> PageError {
    PageError::Conflict(
        "The bids on this project are sealed: nobody can read, accept or decline them before they are opened. Nothing was changed."
            .to_owned(),
    )
}

fn page(shell: Shell, scene: Option<Scene>, cause: Cause, kind: RefusalKind) -> Answer {
    let Some(Scene { standing, act, before, sent, edited_at }) = scene else { return Err(sealed()) };
    let case = match cause {
        Cause::Project => standing.decision.clone().map_or(Case::ProjectIs, |decision| Case::Decided(Box::new(decision))),
        Cause::Proposal(ProposalStatus::Withdrawn) => Case::Withdrawn,
        Cause::Proposal(ProposalStatus::Rejected) if standing.named.proposal.declined_at.is_some() => Case::Declined,
        Cause::Proposal(_) => Case::ProposalIs,
        Cause::Changed { seen, now } => Case::Changed(changes(&standing, &before, seen, now)),
        Cause::ProjectChanged => Case::ProjectChanged,
        Cause::Joined => Case::Joined,
        Cause::Suspended => Case::Suspended,
        Cause::Held => Case::Held,
    };
    let status: StatusCode = status_of(kind);
    respond::page_with(status, &Page { shell, standing, act, case, sent, edited_at })
}

fn changes(standing: &Standing, before: &Before, seen: i32, now: i32) -> Vec<(&'static str, String, String)> {
    let proposal = &standing.named.proposal;
    let unknown = || "Not known".to_owned();
    let version = |version: i32| if version > 0 { version.to_string() } else { unknown() };
    let days = |days: i32| format!("{days} working days");
    vec![
        ("Price", before.amount.map_or_else(unknown, |amount| super::price(&standing.project, amount)), standing.price()),
        ("Time needed", before.days.map_or_else(unknown, days), days(proposal.days)),
        ("Version", version(seen), version(now)),
    ]
}

impl Page {
    fn project(&self) -> &Project {
        &self.standing.project
    }

    fn name(&self) -> &str {
        &self.standing.named.freelancer
    }

    fn title(&self) -> String {
        let name = self.name();
        match &self.case {
            Case::Decided(decision) if decision.proposal == self.standing.named.proposal.id => {
                format!("{} accepted this proposal", self.decider(decision))
            }
            Case::Decided(decision) => format!("{} accepted another proposal first", self.decider(decision)),
            Case::ProjectIs if self.project().status == ProjectStatus::Cancelled => "The project was cancelled".to_owned(),
            Case::ProjectIs => format!("The project is {}", self.project().status.label().to_lowercase()),
            Case::Withdrawn => format!("{name} withdrew the proposal"),
            Case::Declined => match &self.standing.named.declined_by {
                Some(by) => format!("{by} declined this proposal"),
                None => "This proposal was declined".to_owned(),
            },
            Case::ProposalIs => format!("This proposal is {} now", self.standing.named.proposal.status.label().to_lowercase()),
            Case::Changed(_) => format!("{name} changed the proposal after you opened it"),
            Case::ProjectChanged => format!("The project changed{}", self.edited()),
            Case::Joined => format!("{name} belongs to your organisation now"),
            Case::Suspended => format!("{name} is kept out by the house"),
            Case::Held => "The house holds this project".to_owned(),
        }
    }

    /// Who decided, as told to the reader.
    fn decider(&self, decision: &Decision) -> String {
        let mine = self.shell.person.as_ref().is_some_and(|person| person.id == decision.by);
        if mine { "You".to_owned() } else { decision.by_name.clone() }
    }

    fn decided_at(&self, decision: &Decision) -> Moment {
        self.at(decision.at)
    }

    fn at(&self, at: DateTime<Utc>) -> Moment {
        shown::second(&self.shell.clock, at, self.standing.at)
    }

    /// When the house put the project on hold, and how long ago that was.
    fn held_at(&self) -> Option<(String, Moment)> {
        self.project().held_at.map(|at| (self.margin(at), self.at(at)))
    }

    fn changed_at(&self) -> Moment {
        self.at(self.standing.named.proposal.updated_at)
    }

    fn declined_at(&self) -> Option<Moment> {
        self.standing.named.proposal.declined_at.map(|at| self.at(at))
    }

    /// By how much it was too late.
    fn margin(&self, at: DateTime<Utc>) -> String {
        format!("{} {}", shown::span(self.standing.at - at), if self.sent { "before you" } else { "ago" })
    }

    fn edited(&self) -> String {
        self.edited_at.map(|at| format!(" at {}", self.at(at).words)).unwrap_or_default()
    }

    fn price_of(&self, amount: &i64) -> String {
        super::price(self.project(), *amount)
    }
}
