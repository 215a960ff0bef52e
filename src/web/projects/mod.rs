//! Pages of projects.

pub mod list;
