//! The keys of a person's machines.

pub mod list;
pub mod revoke;
