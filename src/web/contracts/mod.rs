//! Pages of contracts.

pub mod show;
