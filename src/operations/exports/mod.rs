//! Files that are made in the background: asked for by people, made by workers.

mod ask_export;
mod begin_export;
mod finish_export;
mod keep_part;

pub use ask_export::ask_export;
pub use begin_export::begin_export;
pub use finish_export::finish_export;
pub use keep_part::keep_part;
