//! Links that letters carry, and the asking for them.

mod ask;
mod follow;

pub use ask::{Asked, ask, ask_by_email, beyond_for_address, count_answered, next_asked, purge, write_answered};
pub use follow::{by_token, find, lock, write_ended_all, write_made, write_used};
