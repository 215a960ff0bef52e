//! What may be done to a ticket, judged under its lock.

use chrono::{DateTime, Utc};

use super::{Clock, HIGHEST, MOST_WRITTEN, Rules, Seat, Ticket, TicketStatus};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::refusal::{Refusal, RefusalKind};

/// Why something is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketRefused {
    /// No such ticket, or none to be known of.
    Missing,
    /// For who keeps the house.
    NotAllowed,
    /// Its state does not allow it.
    TicketIs(TicketStatus),
    /// It goes on in another one.
    Merged(TicketId),
    /// Another admin has it.
    TakenBy(UserId),
    /// Something happened to it since it was read.
    Changed {
        /// The last entry that was seen.
        seen: i32,
        /// The last one that there is.
        now: i32,
    },
    /// Somebody else was first to escalate it.
    LevelIs(i32),
    /// There is no level above.
    Highest,
    /// Its history takes nothing more.
    Full,
    /// The person to whom it is to be given does not keep the house.
    NotAnAdmin,
    /// The two tickets are not of one person.
    OtherPersons,
    /// A ticket and itself.
    Same,
    /// A file that the form names is not kept any more, or is on something else.
    FileGone,
    /// The contract that is named is none of theirs.
    NoContract,
}

impl Refusal for TicketRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::TicketIs(_) | Self::Merged(_) | Self::TakenBy(_) | Self::LevelIs(_) | Self::Highest | Self::Full => RefusalKind::TooLate,
            Self::Changed { .. } => RefusalKind::Stale,
            Self::NotAnAdmin | Self::OtherPersons | Self::Same | Self::FileGone | Self::NoContract => RefusalKind::Invalid,
        }
    }
}

/// How a ticket stands after what was decided: only what is here makes one, and only one of these is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    to: TicketStatus,
    assignee: Option<UserId>,
    clock: Clock,
}

impl Step {
    /// The state after it.
    pub fn to(&self) -> TicketStatus {
        self.to
    }

    /// Who has it then.
    pub fn assignee(&self) -> Option<UserId> {
        self.assignee
    }

    /// Its clock then.
    pub fn clock(&self) -> Clock {
        self.clock
    }
}

/// One ticket that goes on in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The one that ends.
    pub source: TicketId,
    /// The one that goes on.
    pub target: TicketId,
}

impl Ticket {
    /// Judges an answer. Whoever asked moves it back to the house; an admin says what it becomes, and has seen what is
    /// there. Either way the clock begins anew.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn answer(
        &self,
        seat: Seat,
        next: Option<TicketStatus>,
        (seen, entries): (Option<i32>, i32),
        rules: &Rules,
        at: DateTime<Utc>,
    ) -> Result<Step, TicketRefused> {
        self.goes_on()?;
        has_room(entries)?;
        let to = match (seat, self.status) {
            (Seat::Opener, TicketStatus::Waiting | TicketStatus::Resolved) => TicketStatus::Open,
            (Seat::Opener, status) => status,
            (Seat::Agent, _) => next.unwrap_or(TicketStatus::Waiting),
        };
        if seat == Seat::Agent {
            has_seen(seen, entries)?;
        }
        if to != self.status && !self.status.may_become(to) || to == TicketStatus::New && seat == Seat::Agent {
            return Err(TicketRefused::TicketIs(self.status));
        }
        Ok(Step { to, assignee: self.assignee_id, clock: rules.begins(to, at) })
    }

    /// Judges an admin who takes it: what nobody has. A second time changes nothing.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn take(&self, by: UserId, entries: i32) -> Result<Option<Step>, TicketRefused> {
        self.goes_on()?;
        match self.assignee_id {
            Some(other) if other != by => Err(TicketRefused::TakenBy(other)),
            Some(_) => Ok(None),
            None => self.given(Some(by), entries).map(Some),
        }
    }

    /// Judges giving it to an admin, or to nobody, by somebody who saw who has it.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn assign(&self, to: Option<UserId>, seen: Option<UserId>, entries: i32) -> Result<Option<Step>, TicketRefused> {
        self.goes_on()?;
        if to == self.assignee_id {
            return Ok(None);
        }
        match self.assignee_id {
            Some(other) if seen != Some(other) => Err(TicketRefused::TakenBy(other)),
            _ => self.given(to, entries).map(Some),
        }
    }

    fn given(&self, to: Option<UserId>, entries: i32) -> Result<Step, TicketRefused> {
        has_room(entries)?;
        let status = if self.status == TicketStatus::New && to.is_some() { TicketStatus::Open } else { self.status };
        let clock = Clock { from: self.clock_from, is_next: self.clock_is_next, due: self.due_at, under: self.due_under };
        Ok(Step { to: status, assignee: to, clock })
    }

    /// Judges passing it on to the next level, to an admin, by somebody who saw its level.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn escalate(&self, to: UserId, seen: Option<i32>, rules: &Rules, entries: i32, at: DateTime<Utc>) -> Result<Step, TicketRefused> {
        self.goes_on()?;
        has_room(entries)?;
        if seen.is_some_and(|seen| seen != self.level) {
            return Err(TicketRefused::LevelIs(self.level));
        }
        if self.level >= HIGHEST {
            return Err(TicketRefused::Highest);
        }
        let status = if self.status == TicketStatus::New { TicketStatus::Open } else { self.status };
        Ok(Step { to: status, assignee: Some(to), clock: rules.next_begins(status, at) })
    }

    /// Its clock by the rules as they are, where it was reckoned by earlier ones and somebody waits.
    pub fn reckoned_anew(&self, rules: &Rules) -> Option<Step> {
        let is_old = self.due_under != rules.edition && self.status.is_due();
        is_old.then(|| Step { to: self.status, assignee: self.assignee_id, clock: rules.again(self) })
    }

    /// What the house does about it by the clock: passes it on once nobody answered in time. Nothing where it is not due,
    /// or where that was reckoned by rules that have changed: those come first.
    pub fn overdue(&self, rules: &Rules, entries: i32, at: DateTime<Utc>) -> Option<Step> {
        let is_due = self.due_under == rules.edition && self.due_at.is_some_and(|due| due <= at);
        (is_due && self.level < HIGHEST && has_room(entries).is_ok()).then(|| Step {
            to: self.status,
            assignee: self.assignee_id,
            clock: rules.next_begins(self.status, at),
        })
    }

    /// Judges closing it without words.
    ///
    /// # Errors
    /// Why not.
    pub fn close(&self, rules: &Rules, at: DateTime<Utc>) -> Result<Step, TicketRefused> {
        self.goes_on()?;
        Ok(Step { to: TicketStatus::Closed, assignee: self.assignee_id, clock: rules.begins(TicketStatus::Closed, at) })
    }

    /// Judges having it go on in another one of the same person.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn merge_into(&self, target: &Self, entries: i32) -> Result<Merge, TicketRefused> {
        if self.id == target.id {
            return Err(TicketRefused::Same);
        }
        self.goes_on()?;
        target.goes_on()?;
        if self.opener_id != target.opener_id {
            return Err(TicketRefused::OtherPersons);
        }
        has_room(entries)?;
        Ok(Merge { source: self.id, target: target.id })
    }

    /// Judges a note for admins: whatever the ticket has become.
    ///
    /// # Errors
    /// [`TicketRefused::Full`].
    pub fn note(&self, entries: i32) -> Result<(), TicketRefused> {
        has_room(entries)
    }

    fn goes_on(&self) -> Result<(), TicketRefused> {
        match self.merged_into {
            Some(other) => Err(TicketRefused::Merged(other)),
            None if self.status == TicketStatus::Closed => Err(TicketRefused::TicketIs(TicketStatus::Closed)),
            None => Ok(()),
        }
    }
}

fn has_room(entries: i32) -> Result<(), TicketRefused> {
    if entries < MOST_WRITTEN { Ok(()) } else { Err(TicketRefused::Full) }
}

fn has_seen(seen: Option<i32>, now: i32) -> Result<(), TicketRefused> {
    match seen {
        Some(seen) if seen != now => Err(TicketRefused::Changed { seen, now }),
        _ => Ok(()),
    }
}
