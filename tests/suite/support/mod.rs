//! What the tests stand on.
pub mod browser;
pub mod crew;
pub mod database;
pub mod form;
pub mod freeze;
pub mod given;
pub mod invariants;
pub mod log;
pub mod page;
pub mod race;
pub mod routes;
pub mod sandbox;
pub mod site;
pub mod smtp;
pub mod statements;
pub mod wait;
