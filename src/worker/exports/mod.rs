//! Files that people asked for.

mod make_file;

pub use make_file::make_file;
