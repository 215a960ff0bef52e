//! What was reported of a job, in words.

use crate::db::jobs::Reported;
use crate::domain::job::JobStatus;

pub use crate::domain::job::label;

/// What happened, as a sentence.
pub fn told(report: &Reported) -> String {
    let attempt = report.attempt;
    let error = report.error.as_deref().unwrap_or_default();
    let actor = report.actor.as_deref();
    match report.kind.as_str() {
        "CLAIMED" => format!("Attempt {attempt} began, by {}.", report.worker.as_deref().unwrap_or("a worker")),
        "PROGRESS" => match (report.progress, report.step.as_deref().filter(|step| !step.is_empty())) {
            (Some(progress), Some(step)) => format!("{progress} %: {step}"),
            (Some(progress), None) => format!("{progress} %"),
            (None, step) => step.unwrap_or_default().to_owned(),
        },
        "STOP_ASKED" => format!("{} asked that it stops.", actor.unwrap_or("Somebody")),
        "COMPLETED" => "It was completed.".to_owned(),
        "FAILED" => format!("It failed, after its last attempt: {error}"),
        "CANCELLED" => actor.map_or_else(|| "It stopped, as it was asked to.".to_owned(), |who| format!("{who} cancelled it.")),
        "PUT_BACK" => format!("Attempt {attempt} failed and will be made again: {error}"),
        "GIVEN_BACK" => "Its worker had to go and gave it back; that attempt does not count.".to_owned(),
        "LOST" => "Nothing was heard of its worker any more: another one begins anew.".to_owned(),
        _ => format!("A report was refused: expected version {}, found {}.", report.version, report.found.unwrap_or_default()),
    }
}

/// The class of a state's tag.
pub fn tag(status: JobStatus) -> &'static str {
    match status {
        JobStatus::Queued => "wait",
        JobStatus::Running => "now",
        JobStatus::Completed => "go",
        JobStatus::Failed => "stop",
        JobStatus::Cancelled => "",
    }
}
