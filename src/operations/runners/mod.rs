//! What an organisation's own runners do, over the API: taking its jobs, and saying that they still work.

mod beat_job;
mod take_job;

pub use beat_job::beat_job;
pub use take_job::take_job;
