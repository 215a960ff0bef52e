//! What both sides say of each other after a contract.

mod show_review;
mod write_review;

pub use show_review::show_review;
pub use write_review::write_review;
