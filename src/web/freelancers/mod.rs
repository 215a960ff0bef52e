//! Pages of freelancers' profiles.

pub mod edit;
pub mod show;
