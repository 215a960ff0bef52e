//! Exactly one proposal wins, whoever else does whatever at the same moment.
pub mod act;
mod cost;
mod desks;
mod held_lock;
mod hot_project;
pub mod kill_points;
mod last_minute;
mod many_accept;
pub mod model;
mod over_http;
pub mod pairs;
mod tables;
mod what_was_seen;
