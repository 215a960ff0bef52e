//! Sending, changing, taking back, marking, declining and accepting proposals.

mod accept_proposal;
mod annotate_proposal;
mod confirm_scope;
mod decline_proposal;
mod look_at_proposal;
mod look_at_proposals;
mod mark_proposal;
mod share_shortlist;
mod submit_proposal;
mod undecline_proposal;
mod unmark_proposal;
mod withdraw_proposal;

pub use accept_proposal::{Accepted, accept_proposal};
pub use annotate_proposal::annotate_proposal;
pub use confirm_scope::confirm_scope;
pub use decline_proposal::decline_proposal;
pub use look_at_proposal::look_at_proposal;
pub use look_at_proposals::look_at_proposals;
pub use mark_proposal::mark_proposal;
pub use share_shortlist::share_shortlist;
pub use submit_proposal::{Submission, Submitted, submit_proposal};
pub use undecline_proposal::undecline_proposal;
pub use unmark_proposal::unmark_proposal;
pub use withdraw_proposal::withdraw_proposal;
