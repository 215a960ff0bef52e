//! Lists as files: what they hold, for whom, and how they are written.
mod background;
pub mod lists;
