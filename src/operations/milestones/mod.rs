//! What both sides can do with a contract's milestones.

mod approve_milestones;
mod cancel_milestone;
mod reorder_milestones;
mod request_changes;
mod submit_milestone;
mod withdraw_submission;

pub use approve_milestones::approve_milestones;
pub use cancel_milestone::cancel_milestone;
pub use reorder_milestones::reorder_milestones;
pub use request_changes::request_changes;
pub use submit_milestone::{Delivery, submit_milestone};
pub use withdraw_submission::withdraw_submission;
