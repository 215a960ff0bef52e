//! Searches that people keep.

mod forget_search;
mod look_at_search;
mod rename_search;
mod save_search;

pub use forget_search::forget_search;
pub use look_at_search::look_at_search;
pub use rename_search::rename_search;
pub use save_search::save_search;
