//! The time worked on a contract: its weeks, its sessions, its timer.

pub mod bring;
pub mod edit;
pub mod fill;
pub mod moves;
pub mod record;
mod refused;
mod table;
pub mod timer;
mod times;
pub mod week;
mod words;

pub use words::long;
