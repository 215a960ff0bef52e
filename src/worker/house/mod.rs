//! What the house does for itself.

mod clear_out;
mod drill;

pub use clear_out::clear_out;
pub use drill::drill;
