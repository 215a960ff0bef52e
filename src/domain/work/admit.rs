//! Whether a session is taken, and into which weeks it goes: decided once for every path by which one comes.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::hours::Minutes;
use super::log::{LogRefused, Span};
use super::sheet::SheetState;
use super::week::{self, Week};
use crate::domain::contract::{Contract, ContractStatus};
use crate::domain::ids::{ContractId, TimesheetId, UserId, WorkLogId};

/// What is known of a freelancer's time around the hour in question, read under the locks of the contract and of the freelancer.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The database's clock, read after both locks were had.
    pub at: DateTime<Utc>,
    /// Where the contract's weeks are cut.
    pub zone: TimeZone,
    /// How many minutes may be worked on the contract in a week.
    pub limit: Option<Minutes>,
    /// The contract's weeks around that hour, those that have been begun.
    pub weeks: Vec<KnownWeek>,
    /// The freelancer's sessions around it, on whichever contracts.
    pub near: Vec<Near>,
}

/// A week that was begun.
#[derive(Debug, Clone, Deserialize)]
pub struct KnownWeek {
    /// Its timesheet; nothing where it is begun by what is decided right now.
    pub id: Option<TimesheetId>,
    /// Its Monday.
    pub week: NaiveDate,
    /// Its first moment.
    pub starts_at: DateTime<Utc>,
    /// The next week's first moment.
    pub ends_at: DateTime<Utc>,
    /// Its state.
    pub state: SheetState,
    /// What was worked in it, without what is being changed.
    pub minutes: i64,
}

/// A session of the same freelancer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Near {
    /// Which; 0 for one that is decided on together with this.
    pub id: WorkLogId,
    /// On which contract.
    pub contract: ContractId,
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// Its end; nothing while it runs.
    pub to: Option<DateTime<Utc>>,
}

impl Near {
    /// From when to when.
    pub fn span(&self) -> Span {
        Span { from: self.from, to: self.to }
    }
}

/// A session, or the part of one that lies in one week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The week.
    pub week: Week,
    /// Its timesheet; nothing where it has to be begun.
    pub sheet: Option<TimesheetId>,
    /// The week's first moment and the next one's.
    pub edges: (DateTime<Utc>, DateTime<Utc>),
    /// From when to when.
    pub span: Span,
}

/// A session that is taken: in pieces, each in a week of its own. Only [`Ground`] makes it.
#[derive(Debug, Clone)]
pub struct Admitted {
    pieces: Vec<Piece>,
}

impl Admitted {
    pub(super) fn new(pieces: Vec<Piece>) -> Self {
        Self { pieces }
    }

    /// The pieces, the first one first.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}

/// Who keeps the time of a contract, and while what.
///
/// # Errors
/// [`LogRefused`].
pub(super) fn may_keep_time(contract: &Contract, by: UserId, is_member: bool) -> Result<(), LogRefused> {
    match by == contract.freelancer_id {
        true => Ok(()),
        false if is_member => Err(LogRefused::NotAllowed),
        false => Err(LogRefused::Missing),
    }
}

impl Contract {
    /// Whether somebody may remove or end what they worked on this contract.
    ///
    /// # Errors
    /// [`LogRefused`].
    pub fn may_keep_time(&self, by: UserId, is_member: bool) -> Result<(), LogRefused> {
        may_keep_time(self, by, is_member)
    }

    /// Whether work is done on it right now.
    ///
    /// # Errors
    /// [`LogRefused::ContractIs`].
    pub fn takes_time(&self) -> Result<(), LogRefused> {
        if self.status == ContractStatus::Active { Ok(()) } else { Err(LogRefused::ContractIs(self.status)) }
    }
}

impl Ground {
    /// Decides on one session, and counts it as worked for what is decided after it.
    ///
    /// # Errors
    /// The first reason that applies.
    pub fn admit(&mut self, contract: &Contract, span: Span) -> Result<Admitted, LogRefused> {
        contract.takes_time()?;
        span.is_sound(self.at)?;
        let first = week::day_begins(week::day_of(contract.accepted_at, &self.zone), &self.zone);
        if span.from < first {
            return Err(LogRefused::BeforeContract(first));
        }
        let pieces = self.cut(span)?;
        if let Some(near) = self.near.iter().find(|near| near.span().overlaps(span)) {
            return Err(LogRefused::Overlaps(near.clone()));
        }
        for piece in &pieces {
            self.within_limit(piece)?;
        }
        self.count(contract.id, &pieces);
        Ok(Admitted { pieces })
    }

    /// Whether a session that is there may be changed or removed: its weeks must take changes.
    ///
    /// # Errors
    /// [`LogRefused::WeekIs`].
    pub fn stands(&self, span: Span) -> Result<(), LogRefused> {
        self.cut(Span { from: span.from, to: None }).map(drop)
    }

    /// Cuts a session at the edges of weeks, all of which must take changes.
    pub(super) fn cut(&self, span: Span) -> Result<Vec<Piece>, LogRefused> {
        let mut pieces = Vec::new();
        let mut from = span.from;
        loop {
            let (week, known) = self.week_of(from);
            if let Some(KnownWeek { state, .. }) = known
                && !state.takes_changes()
            {
                return Err(LogRefused::WeekIs(week, *state));
            }
            let edges = known.map_or_else(|| week.edges(&self.zone), |known| (known.starts_at, known.ends_at));
            let ends = span.to.filter(|to| *to <= edges.1);
            let to = if span.to.is_none() { None } else { Some(ends.unwrap_or(edges.1)) };
            pieces.push(Piece { week, sheet: known.and_then(|known| known.id), edges, span: Span { from, to } });
            // an edge never lies before what it cuts, unless the zones' rules are nonsense
            if to == span.to || edges.1 <= from {
                return Ok(pieces);
            }
            from = edges.1;
        }
    }

    /// The week of a moment, and what is known of it.
    fn week_of(&self, at: DateTime<Utc>) -> (Week, Option<&KnownWeek>) {
        let known = self.weeks.iter().find(|known| known.starts_at <= at && at < known.ends_at);
        (known.map_or_else(|| Week::of(at, &self.zone), |known| Week::of_day(known.week)), known)
    }

    /// What of the contract's limit is left in a week; nothing where there is none.
    pub(super) fn left(&self, week: Week) -> Option<Minutes> {
        let used = self.weeks.iter().find(|known| known.week == week.monday()).map_or(0, |known| known.minutes);
        self.limit.map(|limit| Minutes((limit.0 - used).max(0)))
    }

    fn within_limit(&self, piece: &Piece) -> Result<(), LogRefused> {
        let (Some(limit), Some(left)) = (self.limit, self.left(piece.week)) else { return Ok(()) };
        let fits = if piece.span.to.is_none() { left.0 > 0 } else { piece.span.minutes() <= left };
        if fits { Ok(()) } else { Err(LogRefused::OverLimit { week: piece.week, limit, left }) }
    }

    fn count(&mut self, contract: ContractId, pieces: &[Piece]) {
        for Piece { week, sheet, edges, span } in pieces {
            self.near.push(Near { id: WorkLogId(0), contract, from: span.from, to: span.to });
            match self.weeks.iter_mut().find(|known| known.week == week.monday()) {
                Some(known) => known.minutes += span.minutes().0,
                None => self.weeks.push(KnownWeek {
                    id: *sheet,
                    week: week.monday(),
                    starts_at: edges.0,
                    ends_at: edges.1,
                    state: SheetState::Open,
                    minutes: span.minutes().0,
                }),
            }
        }
    }
}

/// What of a session lies on no other: what can be kept of it, the first part first.
pub fn free_parts(span: Span, taken: &[Near]) -> Vec<Span> {
    let mut parts = vec![span];
    for near in taken {
        let mut left = Vec::new();
        for part in parts {
            if !part.overlaps(near.span()) {
                left.push(part);
                continue;
            }
            if part.from < near.from {
                left.push(Span { from: part.from, to: Some(near.from) });
            }
            if let Some(end) = near.to
                && part.to.is_none_or(|to| end < to)
            {
                left.push(Span { from: end, to: part.to });
            }
        }
        parts = left;
    }
    parts
}
