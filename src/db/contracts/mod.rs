//! Contracts: locking, reading, and writing what becomes of them. They are made by the award (`projects::write_award`).

mod lock;
mod open;
mod page;
mod read;
mod terms;
mod write;

pub use lock::lock;
pub use open::open_things;
pub use page::{Ended, LastMove, ending, last_move};
pub use read::{Named, find, find_for, project_of};
pub use terms::{every_version, terms, waiting, write_answered, write_plan, write_proposed, write_taken_back};
pub use write::{write_completed, write_paused, write_resumed, write_terminated};
