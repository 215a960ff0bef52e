//! What a job that is being performed holds in its hand: the database, its claim, and what is asked of it.

use std::sync::OnceLock;

use tokio::sync::Mutex;

use crate::db::jobs::{Claimed, Known};
use crate::db::{Database, Exactly, Failure, tries};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::job::{Claim, JobRefused};
use crate::domain::retry::VERSION_CONFLICT;
use crate::operations::jobs::report_progress;

/// Why a job was not done.
#[derive(Debug)]
pub enum Trouble {
    /// It came to nothing this time; it will be tried again as often as its kind is.
    Failed(String),
    /// It was asked to stop, or the process ends, or another has it: see [`Hand::report`].
    Stopped,
}

impl<E: std::fmt::Debug> From<Failure<E>> for Trouble {
    fn from(failure: Failure<E>) -> Self {
        Self::Failed(match failure {
            Failure::Refused(why) => format!("{why:?}"),
            Failure::Broken(fault) => fault.to_string(),
        })
    }
}

/// What is asked of a job that is being performed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Somebody called it off.
    Asked,
    /// This process ends: another one will begin it anew.
    Ending,
    /// The claim was lost: another does the job now.
    Lost,
}

/// One job in the hands of one worker.
pub struct Hand {
    database: Database,
    /// What proves the claim.
    pub claim: Claim,
    /// Whose job it is.
    pub organisation: Option<OrganisationId>,
    /// Who asked for it.
    pub asked_by: Option<UserId>,
    /// The how-manieth attempt this is.
    pub attempt: i32,
    /// What is asked of it; the first word stands.
    stop: OnceLock<Stop>,
    /// The version that it knows. Held while it reports, so that a job does not overtake itself.
    version: Mutex<i32>,
}

impl Hand {
    pub(super) fn new(database: Database, job: &Claimed) -> Self {
        Self {
            database,
            claim: job.claim,
            organisation: job.organisation,
            asked_by: job.asked_by,
            attempt: job.attempt,
            stop: OnceLock::new(),
            version: Mutex::new(job.version),
        }
    }

    /// The way to PostgreSQL, as pages have it. What a worker that lost its job must not do asks
    /// `db::jobs::fence` first, in its own transaction.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Says how far it has come, 0 to 100, and with what it is busy. Three tries in all where somebody else reported in
    /// between; after that the report is left out, because it is no reason to stop.
    ///
    /// # Errors
    /// [`Trouble::Stopped`] where the job is to stop: to be passed on with `?` from wherever it can be left.
    pub async fn report(&self, progress: i16, step: &str) -> Result<(), Trouble> {
        self.go_on()?;
        let mut version = self.version.lock().await;
        match report(&self.database, self.claim, &mut version, progress, step).await {
            Ok(known) if known.is_asked_to_stop => self.ask(Stop::Asked),
            Ok(_) => {}
            Err(Failure::Refused(JobRefused::ConcurrentUpdate { expected, found })) => {
                tracing::warn!(job = self.claim.job.0, "a report was left out: expected version {expected}, found {found}");
            }
            Err(Failure::Refused(_)) => self.ask(Stop::Lost),
            Err(Failure::Broken(fault)) => return Err(Trouble::Failed(fault.to_string())),
        }
        self.go_on()
    }

    /// Whether it may go on: asked between pieces of work, as often as one likes.
    ///
    /// # Errors
    /// [`Trouble::Stopped`] where it may not.
    pub fn go_on(&self) -> Result<(), Trouble> {
        if self.stop.get().is_some() { Err(Trouble::Stopped) } else { Ok(()) }
    }

    /// What was asked of it.
    pub(super) fn asked(&self) -> Option<Stop> {
        self.stop.get().copied()
    }

    pub(super) fn ask(&self, stop: Stop) {
        self.stop.set(stop).ok();
    }

    pub(super) async fn version(&self) -> i32 {
        *self.version.lock().await
    }
}

/// Reports on a job by the version that is known, and notes the one that it has then. Three tries in all where somebody
/// else reported in between, each with the version that was found; 100 ms and 200 ms between them.
///
/// # Errors
/// [`JobRefused::ConcurrentUpdate`] after the third; any other refusal at once.
pub async fn report(database: &Database, claim: Claim, version: &mut i32, progress: i16, step: &str) -> Result<Known, Failure<JobRefused>> {
    let mut left = tries(VERSION_CONFLICT, Exactly);
    loop {
        let (expected, step) = (*version, step.to_owned());
        let done = database.change(move |conn| report_progress(conn, &claim, expected, progress, &step)).await;
        let overtaken = match &done {
            Ok(known) => {
                *version = known.version;
                false
            }
            Err(Failure::Refused(JobRefused::ConcurrentUpdate { found, .. })) => {
                *version = *found;
                true
            }
            Err(_) => false,
        };
        if !left.again(overtaken).await {
            return done;
        }
    }
}
