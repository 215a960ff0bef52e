//! The outbox of letters: finding what is to be written, handing letters out to whoever sends them, noting what came of it.

mod choice;
mod digest;
mod gather;
mod link;
mod read;
mod send;

pub use choice::{choice, write_choice};
pub use digest::{told_before, write_digests, zones};
pub use gather::{Round, begin_round, write_gathered};
pub use link::write_link;
pub use read::{Mail, Reader, counts, find, list, reader};
pub use send::{claim, purge, write_ended, write_waiting_again};
