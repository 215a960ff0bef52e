//! Pages of projects.

mod asked;
pub mod list;
mod words;
