//! Pages of reviews: writing one, and reading what is said of somebody.

pub mod list;
pub mod write;
