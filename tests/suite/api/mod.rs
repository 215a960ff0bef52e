//! What machines ask for.
mod award;
mod by_reference;
mod client;
mod document;
mod fuzz;
mod limits;
pub mod machine;
mod once;
mod putting;
mod reading;
mod runners;
mod scopes;
mod sealed;
mod tickets;
mod time;
mod tokens;
