//! A lane: claims a job, performs it, claims the next.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::FutureExt;

use super::crew::Shared;
use super::hand::{Hand, Stop, Trouble};
use crate::db::counted::JOBS;
use crate::db::jobs::{self, Claimed};
use crate::db::{Failure, Fault};
use crate::domain::job::{Ending, JobRefused, Task};
use crate::operations::jobs::end_job;

/// It looks for work this often even where no bell rings; the clock rings it much more often.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// How long it waits for a database that is away.
const AGAIN: Duration = Duration::from_secs(1);
/// It tries so often to end a job: longer than that the lease would not last.
const TRIES: usize = 30;

/// Works until the crew stops.
pub async fn run(crew: &Shared) {
    while !crew.is_stopping.load(Ordering::SeqCst) {
        let worker = crew.name.clone();
        let claimed = crew.database.run(move |conn| {
            let claimed = jobs::claim(conn, Task::DONE_BY_HOUSE, &worker);
            claimed.map_err(Failure::<std::convert::Infallible>::from)
        });
        match claimed.await {
            Ok(Some(job)) => {
                // Perhaps there is more: another lane looks while this one works.
                crew.bell.ring();
                serve(crew, job).await;
            }
            Ok(None) => crew.bell.wait(LOOK_AGAIN),
            Err(failure) => {
                tracing::debug!(?failure, "nothing could be claimed");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}

/// Does one job and leaves it, whatever comes of it.
async fn serve(crew: &Shared, job: Claimed) {
    let hand = Arc::new(Hand::new(crew.database.clone(), &job));
    crew.take(&hand);
    if let Some(ending) = ending(crew, job, &hand).await {
        leave(crew, &hand, ending).await;
    }
    crew.put_down(&hand);
}

/// How the job is to be left; not at all where another has it.
///
/// A panic is caught here, because it is this one job's: what the job held in its hands is dropped with it, a transaction
/// that was open is rolled back with its connection, and nothing else in the process is shared with it unguarded.
async fn ending(crew: &Shared, job: Claimed, hand: &Arc<Hand>) -> Option<Ending> {
    let Some(task) = Task::read(&job.kind, &job.arguments) else {
        return Some(Ending::Failed("This program does not know such arguments.".to_owned()));
    };
    let work = async { (crew.perform)(task, Arc::clone(hand)).await };
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(Ok(result)) => Some(Ending::Completed(result)),
        Ok(Err(Trouble::Failed(why))) => Some(Ending::Failed(why)),
        Ok(Err(Trouble::Stopped)) => match hand.asked() {
            Some(Stop::Asked) => Some(Ending::Stopped),
            Some(Stop::Ending) => Some(Ending::GivenBack),
            Some(Stop::Lost) | None => None,
        },
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
            Some(Ending::Failed(format!("It panicked: {}", words.unwrap_or("no words"))))
        }
    }
}

/// Ends the job, also where the database is away for a while. Where it cannot, the lease runs out and another begins anew.
async fn leave(crew: &Shared, hand: &Hand, ending: Ending) {
    let (claim, version) = (hand.claim, hand.version().await);
    for _ in 0..TRIES {
        let how = ending.clone();
        match crew.database.change(move |conn| end_job(conn, &claim, version, &how)).await {
            Ok(status) => {
                tracing::debug!(job = claim.job.0, %status, "left");
                metrics::counter!(JOBS, "status" => status.as_str()).increment(1);
                return;
            }
            Err(Failure::Refused(why @ (JobRefused::JobIs { .. } | JobRefused::ClaimLost { .. }))) => {
                tracing::info!(job = claim.job.0, ?why, "another had the job");
                return;
            }
            Err(Failure::Refused(why)) => {
                tracing::warn!(job = claim.job.0, ?why, "a job could not be left");
                return;
            }
            Err(Failure::Broken(Fault::Other(error))) => {
                tracing::error!(job = claim.job.0, %error, "a job could not be left");
                return;
            }
            Err(Failure::Broken(fault)) => {
                tracing::debug!(job = claim.job.0, %fault, "tried again");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}
