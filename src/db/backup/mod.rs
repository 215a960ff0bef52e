//! A whole database, out and in again: PostgreSQL's own dump, and what shows that nothing of it was lost on the way.

mod address;
mod contents;
mod programs;

pub use address::Address;
pub use contents::{Table, contents, is_bare, migrations, places, still};
pub use programs::{Dump, DumpFailed, restore};
