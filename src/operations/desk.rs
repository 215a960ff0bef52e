//! The one way in to everything that changes a freelancer's time.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::work_logs::{self, Hull, Kept};
use crate::db::{Connection, Failure, Fault, Locked, Tx, contracts, events, freelancers, projects, transaction};
use crate::domain::contract::Contract;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, UserId, WorkLogId};
use crate::domain::words::WorkNote;
use crate::domain::work::{Ground, LogRefused, Minutes, Origin, Span, Week, WorkLog};
use crate::operations::{Outcome, once, refused};

/// The contract and the freelancer, both locked, and what was read after that.
pub struct Desk {
    /// The contract.
    pub contract: Locked<Contract>,
    /// What is known of the freelancer's time.
    pub ground: Ground,
}

/// Runs an operation's transaction, once for each key, and records its refusal.
pub fn keeping<T: Outcome>(
    conn: &mut Connection<'_>,
    by: UserId,
    act: &'static str,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure<LogRefused>>,
) -> Result<T, Failure<LogRefused>> {
    refused(conn, Attempt::new(by, act), |conn| transaction(conn, |tx| once(tx, by, work)).map_err(named))
}

/// The schema's own no, where something came past the locks.
fn named(failure: Failure<LogRefused>) -> Failure<LogRefused> {
    match failure {
        Failure::Broken(fault) if fault.constraint() == Some("work_logs_no_overlap") => Failure::Refused(LogRefused::Taken),
        other => other,
    }
}

/// Locks the contract, then the freelancer's row, and reads what is known around an hour, without those sessions that are
/// being changed. Who is not the contract's freelancer comes no further than the first lock.
pub fn sit(tx: &mut Tx<'_>, by: UserId, contract: ContractId, hull: Hull, changing: &[WorkLogId]) -> Result<Desk, Failure<LogRefused>> {
    let contract = contracts::lock(tx, contract)?.ok_or(Failure::Refused(LogRefused::Missing))?;
    let is_member = by != contract.freelancer_id && projects::membership(tx, contract.organisation_id, by)?.is_some();
    contract.may_keep_time(by, is_member).map_err(Failure::Refused)?;
    settle(tx, contract, hull, changing)
}

/// The same for a contract that is locked already, by whoever may.
pub fn settle(tx: &mut Tx<'_>, mut contract: Locked<Contract>, hull: Hull, changing: &[WorkLogId]) -> Result<Desk, Failure<LogRefused>> {
    freelancers::lock(tx, &contract)?;
    let ground = work_logs::ground(tx, &mut contract, hull, changing)?;
    Ok(Desk { contract, ground })
}

/// A session of this contract's as it is now, at the version that was seen, if one was.
pub fn session(tx: &mut Tx<'_>, desk: &Desk, id: WorkLogId, seen: Option<i32>) -> Result<WorkLog, Failure<LogRefused>> {
    let log = work_logs::find(tx, id)?.filter(|log| log.contract_id == desk.contract.id);
    let log = log.ok_or(Failure::Refused(LogRefused::Missing))?;
    match seen {
        Some(seen) if seen != log.version => Err(Failure::Refused(LogRefused::Changed { seen, now: log.version })),
        _ => Ok(log),
    }
}

impl Desk {
    /// Tells what was done to a session.
    pub fn tell(&mut self, tx: &mut Tx<'_>, by: Option<UserId>, kind: EventKind, log: WorkLogId, span: Span) -> Result<(), Fault> {
        let week = Week::of(span.from, &self.ground.zone);
        let facts = json!({ "log": log, "week": week.to_string(), "minutes": span.minutes().0 });
        self.tell_of(tx, by, kind, facts)
    }

    /// Tells what was done.
    pub fn tell_of(&mut self, tx: &mut Tx<'_>, by: Option<UserId>, kind: EventKind, facts: serde_json::Value) -> Result<(), Fault> {
        let what = by.map_or_else(|| Happening::by_house(kind), |by| Happening::by(by, kind));
        events::append(tx, &mut self.contract, what.facts(facts))
    }
}

impl Outcome for WorkLogId {
    fn kept(&self) -> (i64, bool) {
        (self.0, true)
    }
    fn again(made: i64, _: bool) -> Self {
        Self(made)
    }
}

/// What came of a timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// Its session.
    pub log: WorkLogId,
    /// What is kept of it.
    pub minutes: Minutes,
    /// What the contract's limit for the week left no room for.
    pub beyond: Minutes,
    /// Whether it had been forgotten.
    pub forgotten: bool,
}

impl Outcome for Stopped {
    fn kept(&self) -> (i64, bool) {
        (self.log.0, true)
    }
    fn again(made: i64, _: bool) -> Self {
        Self { log: WorkLogId(made), minutes: Minutes(0), beyond: Minutes(0), forgotten: false }
    }
}

/// Ends a timer under the locks, by whoever may, or by the house.
///
/// # Errors
/// [`LogRefused`], or whatever broke.
pub fn end_timer(
    tx: &mut Tx<'_>,
    desk: &mut Desk,
    by: Option<UserId>,
    log: &WorkLog,
    said: Option<DateTime<Utc>>,
    note: Option<&WorkNote>,
) -> Result<Stopped, Failure<LogRefused>> {
    let stop = desk.ground.stop(&desk.contract, log, said).map_err(Failure::Refused)?;
    let forgotten = stop.forgotten || by.is_none();
    let minutes: Minutes = stop.kept.pieces().iter().map(|piece| piece.span.minutes()).sum();
    if stop.kept.pieces().is_empty() {
        work_logs::write_deleted(tx, &desk.contract, log)?;
    } else {
        let note = note.map_or(log.note.as_str(), WorkNote::as_str);
        let kept = Kept { note, origin: Origin::Timer, stopped_by_house: forgotten };
        work_logs::write_changed(tx, &desk.contract, &desk.ground.zone, log, &stop.kept, kept)?;
    }
    let last = stop.kept.pieces().last().and_then(|piece| piece.span.to);
    desk.tell(tx, by, EventKind::WorkStopped, log.id, Span { from: log.started_at, to: last })?;
    Ok(Stopped { log: log.id, minutes, beyond: stop.beyond, forgotten })
}
