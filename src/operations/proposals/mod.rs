//! Sending, changing, taking back, declining and accepting proposals.

mod accept_proposal;
mod decline_proposal;
mod submit_proposal;
mod undecline_proposal;
mod withdraw_proposal;

pub use accept_proposal::{Accepted, accept_proposal};
pub use decline_proposal::decline_proposal;
pub use submit_proposal::{Submission, Submitted, submit_proposal};
pub use undecline_proposal::undecline_proposal;
pub use withdraw_proposal::withdraw_proposal;
