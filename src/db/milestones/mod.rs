//! Milestones and what is delivered for them. Children of their contract, whose lock every writer asks for.

mod read;
mod write;

pub use read::{contract_of, find, of_contract, some, submissions};
pub use write::{write_approved, write_cancelled, write_order, write_paid, write_requested, write_submitted, write_taken_back};
