//! What the house does for itself.

mod clear_out;
mod drill;
mod tidy_files;

pub use clear_out::clear_out;
pub use drill::drill;
pub use tidy_files::tidy_files;
