//! Who may report on a job, end it or stop it. Judged under the job's lock; only these make what is written to it.

use std::time::Duration;

use serde_json::Value;
use uuid::Uuid;

use super::{Job, JobStatus};
use crate::domain::ids::UserId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::retry::JOB;

/// A decision about a job, made by [`Job`]'s own functions alone.
#[derive(Debug, Clone)]
pub struct Move(pub(super) Kind);

/// What is decided.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Complete(Value),
    PutBack { error: String, after: Duration },
    Fail(String),
    GiveBack,
    Lose,
    Cancel { by: Option<UserId> },
    AskToStop { by: UserId },
}

/// What a move writes.
#[derive(Debug)]
pub struct Report<'m> {
    /// The state that the job has then.
    pub status: JobStatus,
    /// The word in what is kept of the job.
    pub kind: &'static str,
    /// Of a completed one.
    pub result: Option<&'m Value>,
    /// Of a failed attempt.
    pub error: Option<&'m str>,
    /// How long it rests.
    pub after: Duration,
    /// How many attempts do not count.
    pub uncounted: i32,
    /// Whether the worker is to stop.
    pub asks_to_stop: bool,
    /// The person who did it, if it was one.
    pub by: Option<UserId>,
}

/// How a worker leaves a job.
#[derive(Debug, Clone)]
pub enum Ending {
    /// Its work is done, with this result.
    Completed(Value),
    /// This attempt came to nothing, for this reason.
    Failed(String),
    /// Somebody had asked that it stops.
    Stopped,
    /// The worker has to go before it is done.
    GivenBack,
}

/// Why a job is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobRefused {
    /// Not there, or another's.
    Missing,
    /// Theirs to see, not to stop.
    NotAllowed,
    /// It does not run (any more), or can no longer be stopped.
    JobIs {
        /// What it is.
        status: JobStatus,
        /// The version it has now.
        version: i32,
    },
    /// Somebody else has it now: the claim was lost.
    ClaimLost {
        /// The version it has now.
        version: i32,
    },
    /// Somebody else reported in between.
    ConcurrentUpdate {
        /// The version that the reporter knew.
        expected: i32,
        /// The version it has.
        found: i32,
    },
    /// It has not ended yet.
    NotEnded(JobStatus),
}

impl Refusal for JobRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::JobIs { .. } | Self::ClaimLost { .. } | Self::NotEnded(_) => RefusalKind::TooLate,
            Self::ConcurrentUpdate { .. } => RefusalKind::Stale,
        }
    }
}

impl Job {
    /// Whether the claim with this token still holds.
    ///
    /// # Errors
    /// The job has another state, or another has it.
    pub fn held_by(&self, token: Uuid) -> Result<(), JobRefused> {
        if self.status != JobStatus::Running {
            return Err(JobRefused::JobIs { status: self.status, version: self.version });
        }
        if self.token == Some(token) { Ok(()) } else { Err(JobRefused::ClaimLost { version: self.version }) }
    }

    /// How its worker leaves it. One that was asked to stop neither waits again nor begins anew: it is cancelled. An
    /// attempt that came to nothing is made again, after a longer rest each time, until they have run out; one whose worker
    /// has to go does not count.
    ///
    /// # Errors
    /// As [`Job::held_by`].
    pub fn end(&self, token: Uuid, ending: Ending) -> Result<Move, JobRefused> {
        self.held_by(token)?;
        Ok(Move(match (ending, self.next_delay()) {
            (Ending::Completed(result), _) => Kind::Complete(result),
            (Ending::Stopped, _) => Kind::Cancel { by: None },
            _ if self.is_asked_to_stop => Kind::Cancel { by: None },
            (Ending::GivenBack, _) => Kind::GiveBack,
            (Ending::Failed(error), Some(after)) => Kind::PutBack { error: short(&error), after },
            (Ending::Failed(error), None) => Kind::Fail(short(&error)),
        }))
    }

    /// Nothing was heard of its worker until its lease had run out.
    pub fn lose(&self) -> Option<Move> {
        let lost = "Nothing was heard of its worker any more.";
        (self.status == JobStatus::Running).then(|| {
            Move(match self.next_delay() {
                _ if self.is_asked_to_stop => Kind::Cancel { by: None },
                Some(_) => Kind::Lose,
                None => Kind::Fail(lost.to_owned()),
            })
        })
    }

    /// Somebody who may calls it off: at once where it waits; where it runs, its worker is asked.
    ///
    /// # Errors
    /// It has ended.
    pub fn cancel(&self, by: UserId) -> Result<Option<Move>, JobRefused> {
        match self.status {
            JobStatus::Queued => Ok(Some(Move(Kind::Cancel { by: Some(by) }))),
            JobStatus::Running if self.is_asked_to_stop => Ok(None),
            JobStatus::Running => Ok(Some(Move(Kind::AskToStop { by }))),
            status => Err(JobRefused::JobIs { status, version: self.version }),
        }
    }

    /// How long to rest before the next attempt; nothing where this was the last.
    fn next_delay(&self) -> Option<Duration> {
        let made = usize::try_from(self.attempts).unwrap_or_default();
        (self.attempts < self.most_attempts).then(|| JOB.delays().take(made.max(1)).last().unwrap_or(JOB.longest))
    }
}

impl Move {
    /// What it writes.
    pub fn report(&self) -> Report<'_> {
        let plain = |status, kind| Report {
            status,
            kind,
            result: None,
            error: None,
            after: Duration::ZERO,
            uncounted: 0,
            asks_to_stop: false,
            by: None,
        };
        match &self.0 {
            Kind::Complete(result) => Report { result: Some(result), ..plain(JobStatus::Completed, "COMPLETED") },
            Kind::PutBack { error, after } => Report { error: Some(error), after: *after, ..plain(JobStatus::Queued, "PUT_BACK") },
            Kind::Fail(error) => Report { error: Some(error), ..plain(JobStatus::Failed, "FAILED") },
            Kind::GiveBack => Report { uncounted: 1, ..plain(JobStatus::Queued, "GIVEN_BACK") },
            Kind::Lose => plain(JobStatus::Queued, "LOST"),
            Kind::Cancel { by } => Report { by: *by, ..plain(JobStatus::Cancelled, "CANCELLED") },
            Kind::AskToStop { by } => Report { by: Some(*by), asks_to_stop: true, ..plain(JobStatus::Running, "STOP_ASKED") },
        }
    }
}

/// As much of an error as is kept.
fn short(error: &str) -> String {
    if error.is_empty() { "No reason was given.".to_owned() } else { error.chars().take(2000).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::JobId;
    use super::*;

    const TOKEN: Uuid = Uuid::from_u128(7);

    fn running(attempts: i32) -> Job {
        Job {
            id: JobId(1),
            organisation: None,
            asked_by: None,
            status: JobStatus::Running,
            version: 2,
            attempts,
            most_attempts: 5,
            token: Some(TOKEN),
            is_asked_to_stop: false,
        }
    }

    fn endings() -> [Ending; 4] {
        [Ending::Completed(Value::Null), Ending::Failed("no".to_owned()), Ending::Stopped, Ending::GivenBack]
    }

    #[test]
    fn an_attempt_that_fails_rests_longer_each_time_until_they_run_out() {
        use JobStatus::{Failed, Queued};
        let rests: Vec<_> = (1..=5)
            .map(|attempt| {
                let made = running(attempt).end(TOKEN, Ending::Failed("no".to_owned())).expect("held");
                (made.report().status, made.report().after.as_secs())
            })
            .collect();
        assert_eq!(rests, [(Queued, 5), (Queued, 20), (Queued, 80), (Queued, 320), (Failed, 0)]);
    }

    #[test]
    fn every_move_is_in_the_table_and_one_that_was_to_stop_never_runs_again() {
        for attempts in 1..=5 {
            for is_asked_to_stop in [false, true] {
                let job = Job { is_asked_to_stop, ..running(attempts) };
                let ended = endings().into_iter().map(|ending| job.end(TOKEN, ending).ok());
                for fate in ended.chain([job.lose()]).map(Option::unwrap) {
                    let next = fate.report().status;
                    assert!(JobStatus::Running.may_become(next), "{fate:?}");
                    assert!(!is_asked_to_stop || next.is_final(), "{fate:?}");
                }
            }
        }
    }

    #[test]
    fn another_token_moves_nothing() {
        for ending in endings() {
            assert_eq!(running(1).end(Uuid::from_u128(8), ending).unwrap_err(), JobRefused::ClaimLost { version: 2 });
        }
    }
}
