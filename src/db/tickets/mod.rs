//! Tickets: locking one with all that decides, writing what was decided, and reading them.

mod list;
mod lock;
mod open;
mod promise;
mod read;
mod ready;
mod write;

pub use list::{Filter, Listed, Which, out_of_time, portion};
pub use lock::{Desk, desk, lock};
pub use open::{Asked, asked, may_name_contract, write_opened};
pub use promise::{Promised, lock_promised, promised, write_promise};
pub use read::{Admin, Shown, Timeline, admins, find_for, is_admin, last_entry, timeline};
pub use ready::{Ready, find_ready, lock_ready, ready, write_ready, write_ready_changed, write_ready_removed};
pub use write::{write_entry, write_escalated, write_merged, write_step, write_words};
