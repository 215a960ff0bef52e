//! Files that people add to what they send.

mod hold_file;

pub use hold_file::{Held, hold_file};
