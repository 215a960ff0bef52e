//! Pages of freelancers' profiles.

pub mod edit;
pub mod invite;
pub mod show;
