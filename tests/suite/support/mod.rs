//! What the tests stand on.
pub mod database;
pub mod sandbox;
pub mod wait;
