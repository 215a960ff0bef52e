//! Exactly one proposal wins, whoever else does whatever at the same moment.
pub mod act;
mod kill_points;
mod many_accept;
mod model;
mod pairs;
