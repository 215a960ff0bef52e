//! Lists as files: what they hold, for whom, and how they are written.
mod background;
mod house;
pub mod lists;
mod work;
