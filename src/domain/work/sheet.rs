//! A contract's week: sent by the freelancer, queried or approved by the client.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use jiff::tz::TimeZone;

use super::hours::Minutes;
use super::week::Week;
use crate::domain::contract::Contract;
use crate::domain::ids::{ContractId, TimesheetId, UserId};
use crate::domain::membership::Role;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// The states of a week.
    SheetState {
        /// Work is written down.
        Open = "OPEN",
        /// Sent: the client looks at it, and nothing in it changes.
        Submitted = "SUBMITTED",
        /// The client asked about it: it can be changed and sent again.
        Queried = "QUERIED",
        /// The client agreed.
        Approved = "APPROVED",
        /// It stands on an invoice.
        Invoiced = "INVOICED",
    }
}

impl SheetState {
    /// Whether this state may become that one. A void invoice puts a week back.
    pub fn may_become(self, next: Self) -> bool {
        use SheetState::*;
        matches!((self, next), (Open | Queried, Submitted) | (Submitted, Queried | Approved) | (Approved, Invoiced) | (Invoiced, Approved))
    }

    /// Whether what was worked in it can be changed.
    pub fn takes_changes(self) -> bool {
        matches!(self, Self::Open | Self::Queried)
    }

    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Submitted => "Submitted",
            Self::Queried => "Queried",
            Self::Approved => "Approved",
            Self::Invoiced => "Invoiced",
        }
    }
}

/// A contract's week.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::timesheets, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Timesheet {
    pub id: TimesheetId,
    pub contract_id: ContractId,
    pub freelancer_id: UserId,
    pub week: NaiveDate,
    pub zone: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub state: SheetState,
    pub version: i32,
    pub minutes: Option<i32>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<DateTime<Utc>>,
    pub query_reason: Option<String>,
}

/// Why a week is not sent, queried or approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetRefused {
    /// No such contract or week, or none to be known of.
    Missing,
    /// Freelancers send their weeks; owners and managers of the client query and approve them.
    NotAllowed,
    /// It is in a state that has no such way out.
    SheetIs(SheetState),
    /// It was queried, or sent again, since the person saw it.
    Changed {
        /// The version that was seen.
        seen: i32,
        /// The one that there is.
        now: i32,
    },
    /// A timer runs in it.
    Running,
    /// Nothing was worked in it.
    Nothing,
    /// It has not begun.
    InFuture,
}

impl Refusal for SheetRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::SheetIs(_) | Self::Running | Self::Nothing | Self::InFuture => RefusalKind::TooLate,
            Self::Changed { .. } => RefusalKind::Stale,
        }
    }
}

/// A week that is sent, with what was worked in it. Only [`Timesheet::submit`] makes it.
#[derive(Debug, Clone, Copy)]
pub struct Submission {
    minutes: Minutes,
}

/// A week that is approved. Only [`Timesheet::approve`] makes it.
#[derive(Debug, Clone, Copy)]
pub struct Approval {
    by: UserId,
}

/// A week that is queried. Only [`Timesheet::query`] makes it.
#[derive(Debug, Clone, Copy)]
pub struct Query {
    by: UserId,
}

impl Submission {
    /// What was worked.
    pub fn minutes(self) -> Minutes {
        self.minutes
    }
}

impl Approval {
    /// By whom.
    pub fn by(self) -> UserId {
        self.by
    }
}

impl Query {
    /// By whom.
    pub fn by(self) -> UserId {
        self.by
    }
}

impl Timesheet {
    /// Which week.
    pub fn week(&self) -> Week {
        Week::of_day(self.week)
    }

    /// Where it is cut.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// Sends the week: `minutes` were worked in it, and a timer runs or not.
    ///
    /// # Errors
    /// The first reason that applies.
    pub fn submit(
        &self,
        contract: &Contract,
        by: UserId,
        is_member: bool,
        seen: Option<i32>,
        worked: Worked,
    ) -> Result<Submission, SheetRefused> {
        if by != contract.freelancer_id {
            return Err(if is_member { SheetRefused::NotAllowed } else { SheetRefused::Missing });
        }
        self.becomes(SheetState::Submitted, seen)?;
        match worked {
            Worked { runs: true, .. } => Err(SheetRefused::Running),
            Worked { minutes: Minutes(0), .. } => Err(SheetRefused::Nothing),
            Worked { minutes, .. } => Ok(Submission { minutes }),
        }
    }

    /// Approves the week that the person saw.
    ///
    /// # Errors
    /// The first reason that applies.
    pub fn approve(&self, contract: &Contract, by: UserId, role: Option<Role>, seen: Option<i32>) -> Result<Approval, SheetRefused> {
        decides(contract, by, role)?;
        self.becomes(SheetState::Approved, seen)?;
        Ok(Approval { by })
    }

    /// Gives the week back with a question.
    ///
    /// # Errors
    /// The first reason that applies.
    pub fn query(&self, contract: &Contract, by: UserId, role: Option<Role>, seen: Option<i32>) -> Result<Query, SheetRefused> {
        decides(contract, by, role)?;
        self.becomes(SheetState::Queried, seen)?;
        Ok(Query { by })
    }

    fn becomes(&self, next: SheetState, seen: Option<i32>) -> Result<(), SheetRefused> {
        // who saw an invoiced week may not put it back by approving it
        if self.state == SheetState::Invoiced || !self.state.may_become(next) {
            return Err(SheetRefused::SheetIs(self.state));
        }
        match seen {
            Some(seen) if seen != self.version => Err(SheetRefused::Changed { seen, now: self.version }),
            _ => Ok(()),
        }
    }
}

/// What was worked in a week, read under its contract's lock.
#[derive(Debug, Clone, Copy)]
pub struct Worked {
    /// So much, without what runs.
    pub minutes: Minutes,
    /// Whether a timer runs in it.
    pub runs: bool,
}

fn decides(contract: &Contract, by: UserId, role: Option<Role>) -> Result<(), SheetRefused> {
    match role {
        Some(role) if role.manages_projects() => Ok(()),
        Some(_) => Err(SheetRefused::NotAllowed),
        None if by == contract.freelancer_id => Err(SheetRefused::NotAllowed),
        None => Err(SheetRefused::Missing),
    }
}
