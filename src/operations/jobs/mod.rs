//! What is done with background work: asked for, reported on, ended, taken from workers that are gone.

mod ask_external_job;
mod cancel_job;
mod end_job;
mod enqueue_job;
mod reap_job;
mod report_progress;
mod run_again;

pub use ask_external_job::ask_external_job;
pub use cancel_job::cancel_job;
pub use end_job::end_job;
pub use enqueue_job::enqueue_job;
pub use reap_job::reap_job;
pub use report_progress::report_progress;
pub use run_again::run_again;
