//! Pages of freelancers' profiles.

pub mod edit;
pub mod invite;
pub mod list;
pub mod show;
