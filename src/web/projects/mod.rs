//! Pages of projects.

mod actions;
mod asked;
pub mod list;
pub mod project;
mod words;
