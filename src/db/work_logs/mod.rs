//! Time worked: what is known around an hour under the locks, writing what was decided, reading it back.

mod ground;
mod read;
mod write;

pub use ground::{Hull, ground};
pub use read::{Session, contract_of, find, find_all, forgotten, in_week, of_contract, running, running_of, taken};
pub use write::{Kept, write_changed, write_deleted, write_recorded, write_set_aside};
